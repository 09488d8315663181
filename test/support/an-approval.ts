import type { Approval } from '../../src/core/policy/approvals/approval.ts';
import {
  unapproved,
  type ApprovalState,
  type ApprovalsToCount,
} from '../../src/core/policy/approvals/count-approvals.ts';
import type { Approver } from '../../src/core/policy/approvals/opening.ts';
import type { ApprovalScope } from '../../src/core/policy/approvals/request.ts';
import type { ApprovalRequirement } from '../../src/core/policy/approvals/requirement.ts';
import type { ApproverSlot } from '../../src/core/policy/policy.ts';

/** A slot that nobody may fill; tests name who may. */
export function aSlot(parts: Partial<ApproverSlot> = {}): ApproverSlot {
  return { name: null, users: [], teams: [], roles: [], codeowners: false, count: 1, ...parts };
}

/** Those who have to approve a config. */
export function aRequirement(
  slots: readonly ApproverSlot[],
  parts: Partial<ApprovalRequirement> = {},
): ApprovalRequirement {
  return { slots, files: null, paths: ['configs/large.yaml'], owners: null, ...parts };
}

/** What waits in these tests: a config that jumps to XL. */
export const aScope: ApprovalScope = {
  guards: 'plan 1',
  items: [
    {
      rule: 'scale-jump',
      path: 'configs/large.yaml',
      scale: 'XL',
      parameters: 3e9,
      memoryBytes: 80e9,
      costUsd: 30_000,
      gpuHours: 3000,
      tokens: 6e11,
      gpus: 64,
    },
  ],
};

/** An approving review. */
export function anApproval(parts: Partial<Approval> = {}): Approval {
  return {
    id: 'review 1',
    by: 'ada',
    isBot: false,
    how: 'review',
    at: '2026-11-23T12:00:00Z',
    shownAt: null,
    commit: 'a'.repeat(40),
    code: 'K7Q2M9XA',
    ignoredBecause: null,
    ...parts,
  };
}

/** An approval with what was looked up of it: of what waits, by somebody of whom nothing is known. */
export interface LookedUp extends Partial<Approval>, Partial<Approver> {
  /** null where what it approved can't be told. */
  readonly scope?: ApprovalScope | null;
}

/** Approvals to be counted, each of a person and a review of its own, in a change that nobody of them took part in. */
export function approvalsOf(
  several: readonly LookedUp[],
  contributors: ApprovalsToCount['contributors'] = { logins: ['engineer'], unlinked: [], complete: true },
): ApprovalsToCount {
  const all = several.map(({ scope = aScope, roleName = null, canWrite = null, teams = {}, ...approval }, index) => {
    return {
      approval: anApproval({ id: `review ${index}`, ...approval }),
      approver: { roleName, canWrite, teams },
      scope,
    };
  });
  return {
    approvals: all.map(({ approval }) => approval),
    approvers: new Map(all.map(({ approval, approver }) => [approval.by.toLowerCase(), approver])),
    scopes: new Map(all.flatMap(({ approval, scope }) => (scope === null ? [] : [[approval.id, scope] as const]))),
    contributors,
  };
}

/** The state of a pull request that needs no approval. */
export const nothingWaits: ApprovalState = { needed: 0, unlinked: [], given: [], ignored: [], open: [] };

/** The state of a pull request that waits for these slots, where nobody has approved. */
export function waitingFor(slots: readonly ApproverSlot[], parts: Partial<ApprovalState> = {}): ApprovalState {
  return { ...unapproved({ requirements: [aRequirement(slots)], unlinkedAuthors: 'add-approval' }, aScope), ...parts };
}
