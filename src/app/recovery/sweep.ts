import { z } from 'zod';
import type { GitHubClient, RepositoryName } from '../../github/client.ts';
import { RateLimited } from '../../github/patience.ts';
import type { Clients } from '../clients.ts';
import { explain } from '../explain.ts';
import { jobOf } from '../events/jobs-of.ts';
import type { Job, Queue } from '../queue/queue.ts';
import type { CurrentBasis } from './current-basis.ts';
import { isStale, type OpenPullRequest, type PostedRun } from './stale-checks.ts';

const pageSize = 100;
const mostPages = 10;

/** How often a pull request is looked at again whose check does not appear. */
const againMs = 3600_000;

export interface SweepOptions {
  readonly clients: Clients;
  readonly currentBasis: CurrentBasis;
  readonly queue: Pick<Queue, 'add'>;
  /** Only check runs of this app are ours. */
  readonly appId: number;
  readonly checkName: string;
  readonly now: Date;
  readonly warn: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Looks through the open pull requests of all installations, and adds a background job for each whose check is missing or
 * stale. Returns how many that are. One installation or repository that cannot be read does not keep the others.
 */
export async function sweep(options: SweepOptions): Promise<number> {
  const { clients, warn, signal } = options;
  const app = clients.app(signal);
  let count = 0;
  for (const { id, suspended_at } of await pages(app, 'GET /app/installations', {}, Installations)) {
    if (suspended_at !== null) continue;
    try {
      count += await sweepInstallation(options, id);
    } catch (error) {
      signal?.throwIfAborted();
      warn(`The installation ${id} could not be swept: ${explain(error)}`);
    }
  }
  return count;
}

async function sweepInstallation(options: SweepOptions, installationId: number): Promise<number> {
  const { clients, warn, signal } = options;
  const client = await clients.installation(installationId, signal);
  const listed = await pages(client, 'GET /installation/repositories', {}, Repositories);
  let count = 0;
  for (const { archived, disabled, name, owner } of listed) {
    signal?.throwIfAborted();
    // Neither takes a check
    if (archived || disabled) continue;
    try {
      count += await sweepRepository(options, client, installationId, { owner: owner.login, repo: name });
    } catch (error) {
      signal?.throwIfAborted();
      // The limit is that of the whole installation
      if (error instanceof RateLimited) throw error;
      warn(`The repository ${owner.login}/${name} could not be swept: ${explain(error)}`);
    }
  }
  return count;
}

async function sweepRepository(
  options: SweepOptions,
  client: GitHubClient,
  installationId: number,
  repository: RepositoryName,
): Promise<number> {
  const scope = `installation ${installationId}`;
  const open = { ...repository, state: 'open' };
  const pulls = await pages(client, 'GET /repos/{owner}/{repo}/pulls', open, PullRequests);
  const jobs: Job[] = [];
  const basisOf = await basisOfEach(options, client, scope, repository, [
    ...new Set(pulls.map(({ base }) => base.ref)),
  ]);
  for (const { number, base, head } of pulls) {
    const pull: OpenPullRequest = { number, headSha: head.sha, basis: basisOf.get(base.ref) ?? '' };
    if (isStale(pull, await runsOf(options, client, repository, head.sha))) {
      jobs.push(jobFor(pull, installationId, repository, options.now));
    }
  }
  await options.queue.add(jobs);
  return jobs.length;
}

async function basisOfEach(
  { currentBasis }: SweepOptions,
  client: GitHubClient,
  scope: string,
  repository: RepositoryName,
  branches: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = branches.map(async (branch) => {
    return [branch, await currentBasis.of(client, scope, repository, branch)] as const;
  });
  return new Map(await Promise.all(found));
}

async function runsOf(
  { appId, checkName }: SweepOptions,
  client: GitHubClient,
  repository: RepositoryName,
  ref: string,
): Promise<readonly PostedRun[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
  // All: two pull requests may have one head, and a run each
  const wanted = { app_id: appId, check_name: checkName, filter: 'all', per_page: pageSize } as const;
  const { data } = await client.request(route, { ...repository, ref, ...wanted });
  const { check_runs } = CheckRuns.parse(data);
  return check_runs.map(({ id, external_id, status }) => ({ id, externalId: external_id ?? '', status }));
}

/** Once an hour at most for the same, however many instances sweep. */
function jobFor(
  { number, headSha, basis }: OpenPullRequest,
  installationId: number,
  repository: RepositoryName,
  now: Date,
): Job {
  const job = jobOf({ kind: 'pull-request', installationId, repository, number, again: false, click: null });
  const hour = Math.floor(now.getTime() / againMs);
  return { ...job, id: `sweep/${hour}/${job.key}/${headSha}/${basis}`, urgency: 'background' };
}

/** What is unchanged since it was last asked for costs nothing: clients of the App ask for it conditionally. */
async function pages<Item>(
  client: GitHubClient,
  route: `GET ${string}`,
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodType<readonly Item[]>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await client.request(route, { ...parameters, per_page: pageSize, page });
    const found = schema.parse(answer.data);
    items.push(...found);
    if (found.length < pageSize) break;
  }
  return items;
}

const Installations = z.array(z.object({ id: z.int(), suspended_at: z.string().nullable().default(null) }));
const Repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  archived: z.boolean(),
  disabled: z.boolean().default(false),
});
const Repositories = z.object({ repositories: z.array(Repository) }).transform(({ repositories }) => repositories);
const PullRequests = z.array(
  z.object({
    number: z.int(),
    base: z.object({ ref: z.string() }),
    head: z.object({ sha: z.string() }),
  }),
);
const CheckRuns = z.object({
  check_runs: z.array(z.object({ id: z.number(), external_id: z.string().nullable(), status: z.string() })),
});
