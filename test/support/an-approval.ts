import { unapproved, type ApprovalScope, type ApprovalState, type Approval } from '../../src/core/policy/approval.ts';
import type { ApprovalRequirement } from '../../src/core/policy/approval-requirement.ts';
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

/** An approving review of what waits, by somebody of whom nothing is known. */
export function anApproval(parts: Partial<Approval> = {}): Approval {
  return {
    id: 'review 1',
    login: 'ada',
    isBot: false,
    how: 'review',
    at: '2026-11-23T12:00:00Z',
    roleName: null,
    canWrite: null,
    teams: {},
    scope: aScope,
    flaw: null,
    ...parts,
  };
}

/** The state of a pull request that needs no approval. */
export const nothingWaits: ApprovalState = { needed: 0, unlinked: [], given: [], ignored: [], open: [] };

/** The state of a pull request that waits for these slots, where nobody has approved. */
export function waitingFor(slots: readonly ApproverSlot[], parts: Partial<ApprovalState> = {}): ApprovalState {
  return { ...unapproved({ requirements: [aRequirement(slots)], unlinkedAuthors: 'add-approval' }, aScope), ...parts };
}
