import { z } from 'zod';
import { repositoryEvent, unusedAction } from './event.ts';

const MergeGroupEvent = z.object({
  merge_group: z.object({ base_sha: z.string(), base_ref: z.string(), head_sha: z.string(), head_ref: z.string() }),
});

/** A merge queue that wants to know whether it may merge. */
export const readMergeGroupEvent = repositoryEvent(
  MergeGroupEvent,
  ({ merge_group: group }, { action, ofRepository }) => {
    if (action !== 'checks_requested') return unusedAction({ action });
    return [
      {
        kind: 'merge-group',
        ...ofRepository,
        group: {
          baseSha: group.base_sha,
          baseRef: branchOf(group.base_ref) ?? group.base_ref,
          headSha: group.head_sha,
          headRef: branchOf(group.head_ref) ?? group.head_ref,
        },
      },
    ];
  },
);

const PushEvent = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  created: z.boolean().default(false),
  deleted: z.boolean().default(false),
  forced: z.boolean().default(false),
  repository: z.object({ default_branch: z.string().optional() }).optional(),
});

/** A push to a branch that pull requests may be based on: their policy, plan or merge base may have changed. */
export const readPushEvent = repositoryEvent(PushEvent, (push, { ofRepository }) => {
  const branch = branchOf(push.ref);
  if (branch === null) return { ignored: 'a push to a tag' };
  if (branch.startsWith('gh-readonly-queue/'))
    return { ignored: 'a push to a merge queue, which asks by an event of its own' };
  if (push.created || push.deleted) return { ignored: 'a branch that was created or deleted' };
  const { before, after, forced } = push;
  const isDefault = push.repository?.default_branch === branch;
  return [{ kind: 'branch', ...ofRepository, branch, before, after, forced, isDefault }];
});

function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
