import { z } from 'zod';
import { withDefault } from '../../github/reading/basis.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { RateLimited } from '../../github/http/patience.ts';
import type { Clients } from '../clients.ts';
import { explain } from '../explain.ts';
import { jobOf } from '../events/jobs-of.ts';
import type { Job, Queue } from '../queue/queue.ts';
import { listMergeGroups } from '../work/open-merge-groups.ts';
import type { CurrentBasis } from './current-basis.ts';
import { whatIsOpen, type OpenPullRequest, type PostedRun } from './stale-checks.ts';

const pageSize = 100;

/** How often a pull request is looked at again whose check does not appear, or whose approvals may have changed. */
const againMs = 3600_000;

export interface SweepOptions {
  readonly clients: Clients;
  readonly currentBasis: CurrentBasis;
  readonly queue: Pick<Queue, 'add'>;
  /** Only check runs of this app are ours. */
  readonly appId: number;
  readonly checkName: string;
  readonly now: Date;
  /** What makes approvals worth another look although nothing else has changed: a start, a team that somebody left. */
  readonly round: string;
  readonly warn: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Looks through the open pull requests of all installations, and adds a background job for each whose check is missing or
 * stale, or that waits for approvals or counts some. Returns how many that are. One installation or repository that
 * cannot be read does not keep the others.
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

export async function sweepInstallation(options: SweepOptions, installationId: number): Promise<number> {
  const { clients, warn, signal } = options;
  const client = await clients.installation(installationId, signal);
  const listed = await pages(client, 'GET /installation/repositories', {}, Repositories);
  let count = 0;
  for (const { archived, default_branch: defaultBranch, disabled, name, owner } of inTurn(listed, options.now)) {
    signal?.throwIfAborted();
    // Neither takes a check
    if (archived || disabled) continue;
    try {
      const repository = { owner: owner.login, repo: name };
      count += await sweepRepository(options, client, { installationId, repository, defaultBranch });
    } catch (error) {
      signal?.throwIfAborted();
      // The limit is that of the whole installation
      if (error instanceof RateLimited) throw error;
      warn(`The repository ${owner.login}/${name} could not be swept: ${explain(error)}`);
    }
  }
  return count;
}

/** Beginning elsewhere each hour: where a rate limit always ends the sweep, it is not the same ones that are left out. */
function inTurn<Item>(items: readonly Item[], now: Date): readonly Item[] {
  // A golden section of them further: every part comes soon, however few are reached in a sweep
  const start = Math.floor(((now.getTime() / againMs) * 0.618 * items.length) % Math.max(1, items.length));
  return [...items.slice(start), ...items.slice(0, start)];
}

interface Swept {
  readonly installationId: number;
  readonly repository: RepositoryName;
  readonly defaultBranch: string;
}

async function sweepRepository(options: SweepOptions, client: GitHubClient, swept: Swept): Promise<number> {
  const { defaultBranch, installationId, repository } = swept;
  const scope = `installation ${installationId}`;
  const open = { ...repository, state: 'open' };
  const pulls = await pages(client, 'GET /repos/{owner}/{repo}/pulls', open, PullRequests);
  if (pulls.length === 0) return 0;
  const jobs: Job[] = await jobsForGroups(options, client, swept);
  const basisOf = await basisOfEach(options, client, scope, repository, [
    ...new Set([defaultBranch, ...pulls.map(({ base }) => base.ref)]),
  ]);
  for (const { number, base, head, updated_at } of pulls) {
    const ofDefault = base.ref === defaultBranch ? null : (basisOf.get(defaultBranch) ?? null);
    const basis = withDefault(basisOf.get(base.ref) ?? '', ofDefault);
    const pull: OpenPullRequest = { number, headSha: head.sha, basis };
    const what = whatIsOpen(pull, await runsOf(options, client, repository, head.sha));
    if (what !== null)
      jobs.push(jobFor(pull, swept, what === 'stale' ? 'stale' : `${updated_at} ${options.round}`, options));
  }
  await options.queue.add(jobs);
  return jobs.length;
}

/** Merge groups that have no check: the event of one may be lost as well, and its queue drops it after a while. */
async function jobsForGroups(
  options: SweepOptions,
  client: GitHubClient,
  { installationId, repository }: Swept,
): Promise<Job[]> {
  const found: Job[] = [];
  for (const group of await listMergeGroups(client, repository)) {
    const runs = await runsOf(options, client, repository, group.headSha);
    if (runs.some(({ status }) => status === 'completed')) continue;
    const job = jobOf({ kind: 'merge-group', installationId, repository, group });
    found.push({ ...job, id: `sweep/${job.key}/${group.headSha}` });
  }
  return found;
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
  return check_runs.map(({ id, external_id, status, conclusion }) => {
    return { id, externalId: external_id ?? '', status, conclusion };
  });
}

/** Once an hour at most for the same, however many instances sweep. */
function jobFor(
  { number, headSha, basis }: OpenPullRequest,
  { installationId, repository }: Swept,
  why: string,
  { now }: SweepOptions,
): Job {
  const job = jobOf({ kind: 'pull-request', installationId, repository, number, again: false });
  const hour = Math.floor(now.getTime() / againMs);
  return { ...job, id: `sweep/${hour}/${job.key}/${headSha}/${basis}/${why}`, urgency: 'background' };
}

/** What is unchanged since it was last asked for costs nothing: clients of the App ask for it conditionally. */
async function pages<Item>(
  client: GitHubClient,
  route: `GET ${string}`,
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodType<readonly Item[]>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.request(route, { ...parameters, per_page: pageSize, page });
    const found = schema.parse(answer.data);
    items.push(...found);
    if (found.length < pageSize) return items;
  }
}

const Installations = z.array(z.object({ id: z.int(), suspended_at: z.string().nullable().default(null) }));
const Repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string(),
  archived: z.boolean(),
  disabled: z.boolean().default(false),
});
const Repositories = z.object({ repositories: z.array(Repository) }).transform(({ repositories }) => repositories);
const PullRequests = z.array(
  z.object({
    number: z.int(),
    updated_at: z.string(),
    base: z.object({ ref: z.string() }),
    head: z.object({ sha: z.string() }),
  }),
);
const CheckRuns = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      external_id: z.string().nullable(),
      status: z.string(),
      conclusion: z.string().nullable(),
    }),
  ),
});
