import { type Account } from './account.ts';
import type { App } from './app.ts';
import { CheckRun, type CheckRunFields, type Conclusion, type CheckStatus } from './check-run.ts';
import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';
import type { World } from './world.ts';

/** GitHub keeps so many check runs of one name in a suite and deletes older ones (REST reference, "Create a check run"). */
const runsOfOneName = 1000;

/** The check runs of one App for one commit. */
export class CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly repository: Repository;
  readonly headSha: string;
  /** null where the commit was not pushed to a branch of the repository, as that of a fork. */
  readonly headBranch: string | null;
  readonly before: string | null;
  readonly createdAt: string;
  updatedAt: string;
  runs: CheckRun[] = [];
  /** Since somebody asked for all of it again, and until a run is created. */
  isRerequested = false;
  readonly #world: World;

  constructor(world: World, app: App, repository: Repository, commit: PushedCommit) {
    this.#world = world;
    this.id = world.sequence.nextId();
    this.app = app;
    this.repository = repository;
    this.headSha = commit.headSha;
    this.headBranch = commit.headBranch;
    this.before = commit.before;
    this.createdAt = this.updatedAt = world.sequence.nextInstant();
  }

  get status(): CheckStatus {
    if (this.isRerequested || this.runs.length === 0) return 'queued';
    return this.latestRuns.every(({ status }) => status === 'completed') ? 'completed' : 'in_progress';
  }

  get conclusion(): Conclusion | null {
    if (this.status !== 'completed') return null;
    const conclusions = this.latestRuns.map(({ conclusion }) => conclusion);
    return bySeverity.find((conclusion) => conclusions.includes(conclusion)) ?? 'success';
  }

  /** Of each name the newest. */
  get latestRuns(): CheckRun[] {
    return [...new Map(this.runs.map((run) => [run.name, run])).values()];
  }

  /** GitHub looks at pushes to the repository itself only: none of a fork (REST reference, "Create a check run"). */
  get pullRequests(): PullRequest[] {
    return this.repository.pullRequests.filter(
      ({ headSha, isFromFork, state }) => state === 'open' && !isFromFork && headSha === this.headSha,
    );
  }

  createRun(fields: CheckRunFields & { readonly name: string }): CheckRun {
    this.isRerequested = false;
    const run = new CheckRun(this.#world, this, fields);
    this.runs.push(run);
    this.#world.wrote(run);
    const older = this.runs.filter(({ name }) => name === run.name).slice(0, -runsOfOneName);
    this.runs = this.runs.filter((candidate) => !older.includes(candidate));
    this.touch();
    run.emit('created', this.app.bot);
    if (run.status === 'completed') run.emit('completed', this.app.bot);
    return run;
  }

  /** "Re-run all checks" of a user. The runs stay as they are. */
  rerequest(by: Account): void {
    this.isRerequested = true;
    this.touch();
    this.#world.emit({ event: 'check_suite', action: 'rerequested', suite: this, sender: by });
  }

  touch(): void {
    this.updatedAt = this.#world.sequence.nextInstant();
  }
}

export interface PushedCommit {
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly before: string | null;
}

const bySeverity: readonly Conclusion[] = ['action_required', 'timed_out', 'cancelled', 'failure', 'neutral'];
