import type { IncomingMessage } from 'node:http';
import type { DeliveryOutcome } from '../metrics.ts';
import { jobsOf, servedEvents } from '../events/jobs-of.ts';
import type { Queue } from '../queue/queue.ts';
import { readBody } from './body.ts';
import { answer, type Route } from './route.ts';
import { isSigned, looksSigned } from './signature.ts';

/** GitHub gives up after 10 s and takes whatever comes later for nothing; a refusal in time is redelivered. */
const timeoutMs = 8000;

export interface DoorOptions {
  readonly secrets: readonly string[];
  readonly appId: number;
  readonly queue: Pick<Queue, 'add'>;
  readonly now?: () => Date;
  /** Told of each delivery. `event` is one that is served, or "other": its header is not signed, and may say anything. */
  readonly onDelivery: (delivery: Attempt) => void;
}

export interface Attempt {
  readonly event: string;
  readonly id: string;
  readonly outcome: DeliveryOutcome;
  /** What it was answered. */
  readonly said: string;
  readonly error?: unknown;
}

interface Answer {
  readonly status: number;
  readonly outcome: DeliveryOutcome;
  readonly said: string;
  readonly error?: unknown;
}

/**
 * Where GitHub delivers: the signature is verified, the jobs are put in the queue, and only then is the delivery accepted.
 *
 * It stands in place of Probot's middleware, which reads bodies of any size, knows one secret only, verifies what it has
 * decoded, and after 9 s answers 202 for an event that nobody has stored; GitHub would never deliver that again.
 */
export function createDoor(options: DoorOptions): Route {
  return async (request, response) => {
    const result = await receive(request, options);
    const event = header(request, 'x-github-event') ?? '';
    options.onDelivery({
      event: servedEvents.includes(event) ? event : 'other',
      id: header(request, 'x-github-delivery') ?? '',
      ...result,
    });
    // What was not read to its end is in the way of the next request on this connection
    const rest = request.complete ? {} : { connection: 'close' };
    answer(response, result.status, `${result.said}\n`, rest);
  };
}

async function receive(request: IncomingMessage, options: DoorOptions): Promise<Answer> {
  const refuse = (status: number, said: string): Answer => ({ status, outcome: 'refused', said });
  const contentType = header(request, 'content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    return refuse(415, 'expected application/json: set "Content type" in the webhook\'s settings');
  }
  const signature = header(request, 'x-hub-signature-256');
  if (!looksSigned(signature))
    return refuse(401, "X-Hub-Signature-256 is missing: set a secret in the webhook's settings");
  const name = header(request, 'x-github-event');
  const id = header(request, 'x-github-delivery');
  if (name === undefined || id === undefined || !/^[\w.-]{1,100}$/.test(id)) {
    return refuse(400, 'X-GitHub-Event or X-GitHub-Delivery is missing');
  }
  const body = await readBody(request);
  if (body === null) return refuse(413, 'the body is larger than the 25 MB that GitHub sends');
  if (!isSigned(body, signature, options.secrets)) {
    return refuse(401, "the signature is that of another secret: WEBHOOK_SECRET and the webhook's settings differ");
  }
  const payload = parse(body);
  if (payload === undefined) return refuse(400, 'the body is no JSON');
  const receivedAt = (options.now?.() ?? new Date()).toISOString();
  const { jobs, ignored } = jobsOf({ id, name, payload, receivedAt }, options.appId);
  if (ignored !== null) return { status: 200, outcome: 'ignored', said: `nothing to do: ${ignored}` };
  try {
    await inTime(options.queue.add(jobs));
  } catch (error) {
    return { status: 503, outcome: 'failed', said: 'the queue does not take jobs; deliver this again later', error };
  }
  return { status: 202, outcome: 'queued', said: `queued: ${jobs.map(({ key }) => key).join(', ')}` };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the queue took longer than ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
