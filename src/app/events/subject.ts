import { z } from 'zod';
import { ApprovalText } from '../../core/policy/approvals/ledger-text.ts';
import type { Push as PushOfPerson } from '../../core/policy/approvals/ledger.ts';

const RepositoryName = z.object({ owner: z.string(), repo: z.string() });
const ofRepository = { installationId: z.int(), repository: RepositoryName };

const Push = z.object({ by: z.string(), before: z.string(), after: z.string() }) satisfies z.ZodType<PushOfPerson>;

const MergeGroup = z.object({
  /** null where GitHub did not say: what the base branch is by then. */
  baseSha: z.string().nullable(),
  baseRef: z.string(),
  headSha: z.string(),
  headRef: z.string(),
});

/** The group of a queue's branch, `gh-readonly-queue/main/pr-12-<sha>`; what it is based on its name does not say. */
export function groupOfBranch(headRef: string, headSha: string): z.infer<typeof MergeGroup> | null {
  const baseRef = /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(headRef)?.[1];
  return baseRef === undefined ? null : { baseSha: null, baseRef, headSha, headRef };
}

/** What a job is about. It waits in the queue as JSON, perhaps over an upgrade, and is read with this schema again. */
export const Subject = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pull-request'),
    ...ofRepository,
    number: z.int(),
    /** Somebody asked for it: a fresh check run even where nothing changed. */
    again: z.boolean(),
    /** A press of "Approve", which GitHub reports and does not keep. */
    press: ApprovalText.optional(),
    /** Who pushed, which GitHub says in the event and nowhere else; left out of what is no push of a person. */
    push: Push.optional(),
    /** When the delivery arrived, ISO 8601; left out of what no delivery asked for. */
    receivedAt: z.string().optional(),
  }),
  z.object({ kind: z.literal('merge-group'), ...ofRepository, group: MergeGroup }),
  /** All that we said about one commit, asked for again. */
  z.object({ kind: z.literal('commit'), ...ofRepository, sha: z.string(), branch: z.string().nullable() }),
  /** A branch that was pushed to, and may be the base of pull requests. */
  z.object({
    kind: z.literal('branch'),
    ...ofRepository,
    branch: z.string(),
    before: z.string(),
    after: z.string(),
    /** History was rewritten: the two commits say nothing about what the branch lost. */
    forced: z.boolean(),
    /** Whether it is the default branch, which every pull request is held against; left out by older versions. */
    isDefault: z.boolean().optional(),
  }),
  /** All open pull requests of a repository. */
  z.object({ kind: z.literal('repository'), ...ofRepository }),
  /** All pull requests of an installation whose approvals may count no more. */
  z.object({ kind: z.literal('approvals'), installationId: z.int() }),
  /** All repositories of an installation. */
  z.object({ kind: z.literal('installation'), installationId: z.int() }),
]);

export type Subject = z.infer<typeof Subject>;

/** What a queue keeps apart, and lets only one worker do at a time. */
export function keyOf(subject: Subject): string {
  if (subject.kind === 'installation') return `installation:${subject.installationId}`;
  if (subject.kind === 'approvals') return `approvals:${subject.installationId}`;
  const name = `${subject.repository.owner}/${subject.repository.repo}`;
  switch (subject.kind) {
    case 'pull-request':
      return `${name}#${subject.number}`;
    case 'merge-group':
      return `${name}@${subject.group.headRef}`;
    case 'commit':
      return `${name}@${subject.sha}`;
    case 'branch':
      return `${name}:${subject.branch}`;
    case 'repository':
      return name;
  }
}
