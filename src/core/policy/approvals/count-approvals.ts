import type { Approval } from './approval.ts';
import { assignPeople } from './assign-approvers.ts';
import {
  isAmong,
  mostPeopleFor,
  openingName,
  openingsOf,
  reasonNotToFill,
  type ApprovalPolicy,
  type Approver,
  type SlotOpening,
} from './opening.ts';
import { whatIsNew, type ApprovalScope } from './request.ts';

/** Approvals, with all that was looked up and decides whether they count. */
export interface ApprovalsToCount {
  /** Those that stand, newest first. */
  readonly approvals: readonly Approval[];
  /** By login, in lower case. */
  readonly approvers: ReadonlyMap<string, Approver>;
  /** By id of the approval what stood when it was given, where that is known. */
  readonly scopes: ReadonlyMap<string, ApprovalScope>;
  readonly contributors: Contributors;
}

/** Who took part in the change and may therefore not approve it. */
export interface Contributors {
  readonly logins: readonly string[];
  /** Addresses of authors and committers that GitHub links to no account: any approver may be one of them. */
  readonly unlinked: readonly string[];
  /** False when GitHub did not name every author, committer and co-author. */
  readonly complete: boolean;
}

/** Whether an approval is needed, and whether it is there. */
export interface ApprovalState {
  /** How many approvals it takes; 0 when nothing waits. */
  readonly needed: number;
  /** Addresses of authors that are linked to no account; every slot asks for one approval more for each. */
  readonly unlinked: readonly string[];
  /** One approval of each person who counts. */
  readonly given: readonly GivenApproval[];
  /** One of each other person, with the reason why it does not count. */
  readonly ignored: readonly Approval[];
  /** What is still to be approved, and who may; empty once it is approved. */
  readonly open: readonly OpenSlot[];
}

export interface GivenApproval extends Approval {
  /** Names of what it fills; null where that has none, and for one more than it takes. */
  readonly slot: string | null;
}

export interface OpenSlot extends SlotOpening {
  /** How many approvals are still to come. */
  readonly missing: number;
  /** How many people could fill it at most, where they are fewer than it takes; null where that is not so, or not known. */
  readonly mostPeople: number | null;
}

/** The state before anybody has approved. */
export function unapproved(policy: ApprovalPolicy, current: ApprovalScope): ApprovalState {
  const nobody = { logins: [], unlinked: [], complete: true };
  return countApprovals(
    { approvals: [], approvers: new Map(), scopes: new Map(), contributors: nobody },
    policy,
    current,
  );
}

/** Whether all approvals are there that it takes. */
export function isApprovedBy({ needed, open }: ApprovalState): boolean {
  return needed > 0 && open.length === 0;
}

/**
 * Counts approvals: one a person and slot, in each requirement by itself, given by somebody who may, who took no part in
 * the change, of what stands now or of something larger. Everyone else who approved is listed with the reason why it does
 * not count.
 */
export function countApprovals(
  toCount: ApprovalsToCount,
  policy: ApprovalPolicy,
  current: ApprovalScope,
): ApprovalState {
  if (current.items.length === 0) return { needed: 0, unlinked: [], given: [], ignored: [], open: [] };
  const { approvers, contributors } = toCount;
  const byRequirement = openingsByRequirement(policy, contributors);
  const openings = byRequirement.flat();
  const good = new Map<string, Approval>();
  const ignored = new Map<string, Approval>();
  for (const approval of judgeApprovals(toCount, policy, current)) {
    const of = approval.ignoredBecause === null ? good : ignored;
    const person = approval.by.toLowerCase();
    of.set(person, of.get(person) ?? approval);
  }
  const mayFill = (person: string, opening: SlotOpening): boolean =>
    good.has(person) && reasonNotToFill(person, approverOf(person, approvers), opening) === null;
  // One by one: whoever is named in several requirements speaks in each of them, and in none for another
  const assigned = new Map(byRequirement.flatMap((some) => [...assignPeople(some, [...good.keys()], mayFill)]));
  return {
    needed: openings.reduce((sum, opening) => sum + opening.needed, 0),
    unlinked: policy.unlinkedAuthors === 'add-approval' ? contributors.unlinked : [],
    given: [...good].map(([person, approval]) => ({ ...approval, slot: slotOf(person, assigned) })),
    ignored: [...ignored].filter(([person]) => !good.has(person)).map(([, approval]) => approval),
    open: openings.flatMap((opening) => {
      const missing = opening.needed - (assigned.get(opening)?.size ?? 0);
      if (missing === 0) return [];
      const people = mostPeopleFor(opening, contributors.logins);
      return [{ ...opening, missing, mostPeople: people !== null && people < opening.needed ? people : null }];
    }),
  };
}

/** The approvals with what each is worth now. */
export function judgeApprovals(
  { approvals, approvers, scopes, contributors }: ApprovalsToCount,
  policy: ApprovalPolicy,
  current: ApprovalScope,
): readonly Approval[] {
  const openings = openingsByRequirement(policy, contributors).flat();
  return approvals.map((approval) => {
    const approver = approverOf(approval.by, approvers);
    const scope = scopes.get(approval.id) ?? null;
    return { ...approval, ignoredBecause: reasonToIgnore(approval, approver, scope, openings, contributors, current) };
  });
}

function approverOf(login: string, approvers: ApprovalsToCount['approvers']): Approver {
  return approvers.get(login.toLowerCase()) ?? unknownApprover;
}

const unknownApprover: Approver = { roleName: null, canWrite: null, teams: {} };

function openingsByRequirement(
  { requirements, unlinkedAuthors }: ApprovalPolicy,
  { unlinked }: Contributors,
): readonly (readonly SlotOpening[])[] {
  return requirements.map((requirement) => openingsOf(requirement, unlinkedAuthors, unlinked.length));
}

function slotOf(person: string, assigned: ReadonlyMap<SlotOpening, ReadonlySet<string>>): string | null {
  const names = [...assigned].flatMap(([opening, people]) => (people.has(person) ? (openingName(opening) ?? []) : []));
  return names.length === 0 ? null : [...new Set(names)].join(', ');
}

/** Why an approval does not count; null for one that does. */
function reasonToIgnore(
  { by, isBot, ignoredBecause }: Approval,
  approver: Approver,
  scope: ApprovalScope | null,
  openings: readonly SlotOpening[],
  contributors: Contributors,
  current: ApprovalScope,
): string | null {
  if (isBot) return 'is a bot, and bots never approve';
  if (isAmong(by, contributors.logins)) return 'took part in the change';
  const reasons = openings.map((opening) => reasonNotToFill(by, approver, opening));
  if (!reasons.includes(null)) return [...new Set(reasons)].slice(0, mostReasons).join('; ');
  if (!contributors.complete) {
    return 'may have taken part in the change: GitHub does not name every author, committer and co-author of its commits';
  }
  if (ignoredBecause !== null) return ignoredBecause;
  if (scope === null) return 'approved a commit that could not be evaluated; approve again';
  const news = whatIsNew(scope, current);
  return news === null ? null : `approved an earlier state (${news}); approve again`;
}

const mostReasons = 3;
