import type { Account } from './account.ts';
import { obstacleToGroup } from './branch-rules.ts';
import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';
import type { World } from './world.ts';

/** What a merge queue tries: its pull requests together on top of the base, on a branch of the queue's own. */
export class MergeGroup {
  readonly repository: Repository;
  readonly pullRequests: readonly PullRequest[];
  readonly baseRef: string;
  readonly baseSha: string;
  /** With `refs/heads/`, as the event has it. */
  readonly headRef: string;
  readonly headSha: string;
  readonly #world: World;

  constructor(world: World, repository: Repository, group: MergeGroupParts) {
    this.#world = world;
    this.repository = repository;
    this.pullRequests = group.pullRequests;
    this.baseRef = `refs/heads/${group.baseBranch}`;
    this.baseSha = group.baseSha;
    this.headRef = `refs/heads/${group.headBranch}`;
    this.headSha = group.headSha;
    this.#emit('checks_requested');
  }

  /** Why the queue would not merge it at this instant; null where it would. */
  get obstacle(): string | null {
    return obstacleToGroup(this);
  }

  /** The queue merges it: the base moves to its head. */
  async merge(): Promise<void> {
    const base = this.baseRef.replace('refs/heads/', '');
    await this.repository.moveBranch(base, this.headSha);
    for (const pullRequest of this.pullRequests) pullRequest.setMerged(this.headSha, this.#sender);
    await this.#end('merged');
  }

  /** The queue drops it, as when a check failed or a pull request was pushed to. */
  async destroy(reason: 'dequeued' | 'invalidated' = 'invalidated'): Promise<void> {
    await this.#end(reason);
  }

  async #end(reason: 'dequeued' | 'invalidated' | 'merged'): Promise<void> {
    this.#emit('destroyed', reason);
    await this.repository.deleteBranch(this.headRef.replace('refs/heads/', ''));
  }

  #emit(action: 'checks_requested' | 'destroyed', reason?: string): void {
    const sender = this.#sender;
    this.#world.emit({ event: 'merge_group', action, group: this, sender, ...(reason ? { reason } : {}) });
  }

  get #sender(): Account {
    return this.#world.account('github-merge-queue[bot]');
  }
}

export interface MergeGroupParts {
  readonly pullRequests: readonly PullRequest[];
  readonly baseBranch: string;
  readonly baseSha: string;
  readonly headBranch: string;
  readonly headSha: string;
}
