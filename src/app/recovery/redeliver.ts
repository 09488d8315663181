import type { GitHubClient } from '../../github/http/client.ts';
import type { Queue } from '../queue/queue.ts';
import { deliveriesToRedeliver, type Attempt } from './deliveries-to-redeliver.ts';

const pageSize = 100;

/** 5,000 attempts; the sweep finds what a busier app than that lost. */
const mostPages = 50;

/** In one round, so that the server is not flooded by what it missed; the next round goes on. */
const mostAtOnce = 200;

export interface RedeliverOptions {
  /** With the App's own credentials. */
  readonly client: GitHubClient;
  readonly queue: Pick<Queue, 'isDone'>;
  /** How far back to look. */
  readonly since: Date;
  readonly now: Date;
  readonly warn: (message: string) => void;
}

/** Has GitHub send again what never got a good answer. Returns how many deliveries that are. */
export async function redeliverFailed({ client, queue, since, now, warn }: RedeliverOptions): Promise<number> {
  const listed = await listAttempts(client, since);
  const failed = deliveriesToRedeliver(listed, () => false, now);
  // Answered too late for GitHub, but done
  const areDone = await Promise.all(failed.map(({ guid }) => queue.isDone(guid)));
  const done = new Set(failed.filter((_, index) => areDone[index]).map(({ guid }) => guid));
  let count = 0;
  for (const { id, guid } of deliveriesToRedeliver(listed, (guid) => done.has(guid), now).slice(0, mostAtOnce)) {
    try {
      await client.request(`POST /app/hook/deliveries/${id}/attempts`);
      count += 1;
    } catch (error) {
      // One that GitHub has let go of must not keep the others
      if (!(error instanceof Error && 'status' in error && [404, 422].includes(Number(error.status)))) throw error;
      warn(`GitHub does not send the delivery ${guid} again: ${error.message}`);
    }
  }
  return count;
}

/** Newest first. */
async function listAttempts(client: GitHubClient, since: Date): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, headers } = await client.request('GET /app/hook/deliveries', {
      per_page: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, guid, delivered_at, status_code } of data) {
      attempts.push({ id, guid, deliveredAt: new Date(delivered_at), statusCode: status_code });
    }
    const oldest = attempts.at(-1);
    cursor = nextCursor(headers.link);
    if (cursor === undefined || oldest === undefined || oldest.deliveredAt < since) break;
  }
  return attempts;
}

/** `<https://api.github.com/app/hook/deliveries?cursor=v1_123>; rel="next"` */
function nextCursor(link: string | undefined): string | undefined {
  const address = /<([^<>]{1,2000})>; ?rel="next"/.exec(link ?? '')?.[1];
  return address === undefined ? undefined : (new URL(address).searchParams.get('cursor') ?? undefined);
}
