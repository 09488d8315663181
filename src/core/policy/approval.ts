import { whatIsNew, type ApprovalScope } from './approval-scope.ts';
import type { Owners } from './codeowners.ts';
import type { Channel } from './ledger.ts';
import {
  mostPeopleFor,
  openingName,
  openingsOf,
  reasonNotToFill,
  type ApprovalPolicy,
  type Authority,
  type SlotOpening,
} from './opening.ts';
import { assignPeople } from './assign-approvers.ts';

export { approvalScope, covers, fingerprintText, type ApprovalItem, type ApprovalScope } from './approval-scope.ts';
export type { ApprovalPolicy, Owners, SlotOpening };

/** One approval as GitHub states it, with what was known of its author when asked. */
export interface Approval extends Authority {
  /** Unique among all channels: `review 12`, `comment 34`, `click <delivery>`. */
  readonly id: string;
  readonly isBot: boolean;
  readonly how: Channel;
  /** GitHub's time of it, ISO 8601. */
  readonly at: string;
  /** What stood when it was given; null when that could not be evaluated. */
  readonly scope: ApprovalScope | null;
  /** Why it approves nothing, whoever gave it; null for an approval as it should be. */
  readonly flaw: string | null;
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
  /** Approvals that count. */
  readonly given: readonly GivenApproval[];
  /** Approvals that do not count, each with the reason. */
  readonly ignored: readonly IgnoredApproval[];
  /** What is still to be approved, and who may; empty once it is approved. */
  readonly open: readonly OpenSlot[];
}

export interface GivenApproval {
  readonly by: string;
  readonly how: Channel;
  readonly at: string;
  /** Names of what it fills; null where that has none, and for one more than it takes. */
  readonly slot: string | null;
}

export interface IgnoredApproval {
  readonly by: string;
  readonly how: Channel;
  readonly at: string;
  readonly reason: string;
}

export interface OpenSlot {
  readonly opening: SlotOpening;
  /** How many approvals are still to come. */
  readonly missing: number;
  /** How many people could fill it at most, where they are fewer than it takes; null where that is not so, or not known. */
  readonly mostPeople: number | null;
}

/** The state before anybody has approved. */
export function unapproved(policy: ApprovalPolicy, current: ApprovalScope): ApprovalState {
  return countApprovals([], policy, { logins: [], unlinked: [], complete: true }, current);
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
  approvals: readonly Approval[],
  policy: ApprovalPolicy,
  contributors: Contributors,
  current: ApprovalScope,
): ApprovalState {
  if (current.items.length === 0) return { needed: 0, unlinked: [], given: [], ignored: [], open: [] };
  const byRequirement = openingsByRequirement(policy, contributors);
  const openings = byRequirement.flat();
  const good = new Map<string, Approval[]>();
  const ignored = new Map<string, IgnoredApproval>();
  for (const approval of approvals) {
    const person = approval.login.toLowerCase();
    const reason = reasonToIgnore(approval, openings, contributors, current);
    if (reason === null) good.set(person, [...(good.get(person) ?? []), approval]);
    else ignored.set(person, ignored.get(person) ?? { ...byWhom(approval), reason });
  }
  const mayFill = (person: string, opening: SlotOpening): boolean =>
    (good.get(person) ?? []).some((approval) => reasonNotToFill(approval, opening) === null);
  // One by one: whoever is named in several requirements speaks in each of them, and in none for another
  const assigned = new Map(byRequirement.flatMap((some) => [...assignPeople(some, [...good.keys()], mayFill)]));
  return {
    needed: openings.reduce((sum, opening) => sum + opening.needed, 0),
    unlinked: policy.unlinkedAuthors === 'add-approval' ? contributors.unlinked : [],
    given: [...good].map(([person, [approval]]) => ({ ...byWhom(approval), slot: slotOf(person, assigned) })),
    ignored: [...ignored].filter(([person]) => !good.has(person)).map(([, entry]) => entry),
    open: openings.flatMap((opening) => {
      const missing = opening.needed - (assigned.get(opening)?.size ?? 0);
      if (missing === 0) return [];
      const people = mostPeopleFor(opening, contributors.logins);
      return [{ opening, missing, mostPeople: people !== null && people < opening.needed ? people : null }];
    }),
  };
}

/** What each approval is worth, by its id: why it does not count, or null where it does. */
export function worthOf(
  approvals: readonly Approval[],
  policy: ApprovalPolicy,
  contributors: Contributors,
  current: ApprovalScope,
): ReadonlyMap<string, string | null> {
  const openings = openingsByRequirement(policy, contributors).flat();
  return new Map(approvals.map((approval) => [approval.id, reasonToIgnore(approval, openings, contributors, current)]));
}

function openingsByRequirement(
  { requirements, unlinkedAuthors }: ApprovalPolicy,
  { unlinked }: Contributors,
): readonly (readonly SlotOpening[])[] {
  return requirements.map((requirement) => openingsOf(requirement, unlinkedAuthors, unlinked.length));
}

function byWhom(approval: Approval | undefined) {
  return { by: approval?.login ?? '', how: approval?.how ?? 'review', at: approval?.at ?? '' } as const;
}

function slotOf(person: string, assigned: ReadonlyMap<SlotOpening, ReadonlySet<string>>): string | null {
  const names = [...assigned].flatMap(([opening, people]) => (people.has(person) ? (openingName(opening) ?? []) : []));
  return names.length === 0 ? null : [...new Set(names)].join(', ');
}

/** Why an approval does not count; null for one that does. */
function reasonToIgnore(
  approval: Approval,
  openings: readonly SlotOpening[],
  contributors: Contributors,
  current: ApprovalScope,
): string | null {
  if (approval.isBot) return 'is a bot, and bots never approve';
  if (isOneOf(approval.login, contributors.logins)) return 'took part in the change';
  const reasons = openings.map((opening) => reasonNotToFill(approval, opening));
  if (!reasons.includes(null)) return [...new Set(reasons)].slice(0, mostReasons).join('; ');
  if (!contributors.complete) {
    return 'may have taken part in the change: GitHub does not name every author, committer and co-author of its commits';
  }
  if (approval.flaw !== null) return approval.flaw;
  if (approval.scope === null) return 'approved a commit that could not be evaluated; approve again';
  const news = whatIsNew(approval.scope, current);
  return news === null ? null : `approved an earlier state (${news}); approve again`;
}

const mostReasons = 3;

function isOneOf(login: string, logins: readonly string[]): boolean {
  return logins.some((other) => other.toLowerCase() === login.toLowerCase());
}
