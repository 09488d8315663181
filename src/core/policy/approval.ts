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
import { seatPeople } from './seats.ts';

export { approvalScope, covers, fingerprintText, type ApprovalItem, type ApprovalScope } from './approval-scope.ts';
export type { ApprovalPolicy, Owners, SlotOpening };

/** One approval as GitHub states it, with what was known of its author when asked. */
export interface Ballot extends Authority {
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
 * Counts approvals: one a person and slot, in each electorate by itself, given by somebody who may, who took no part in the change, of what stands
 * now or of something larger. Everyone else who approved is listed with the reason why it does not count.
 */
export function countApprovals(
  ballots: readonly Ballot[],
  policy: ApprovalPolicy,
  contributors: Contributors,
  current: ApprovalScope,
): ApprovalState {
  if (current.items.length === 0) return { needed: 0, unlinked: [], given: [], ignored: [], open: [] };
  const elections = openingsByElectorate(policy, contributors);
  const openings = elections.flat();
  const good = new Map<string, Ballot[]>();
  const ignored = new Map<string, IgnoredApproval>();
  for (const ballot of ballots) {
    const person = ballot.login.toLowerCase();
    const reason = reasonToIgnore(ballot, openings, contributors, current);
    if (reason === null) good.set(person, [...(good.get(person) ?? []), ballot]);
    else ignored.set(person, ignored.get(person) ?? { ...voiceOf(ballot), reason });
  }
  const maySit = (person: string, opening: SlotOpening): boolean =>
    (good.get(person) ?? []).some((ballot) => reasonNotToFill(ballot, opening) === null);
  // One by one: whoever is named in several electorates speaks in each of them, and in none for another
  const seated = new Map(elections.flatMap((some) => [...seatPeople(some, [...good.keys()], maySit)]));
  return {
    needed: openings.reduce((sum, { seats }) => sum + seats, 0),
    unlinked: policy.unlinkedAuthors === 'add-approval' ? contributors.unlinked : [],
    given: [...good].map(([person, [ballot]]) => ({ ...voiceOf(ballot), slot: slotOf(person, seated) })),
    ignored: [...ignored].filter(([person]) => !good.has(person)).map(([, entry]) => entry),
    open: openings.flatMap((opening) => {
      const missing = opening.seats - (seated.get(opening)?.size ?? 0);
      if (missing === 0) return [];
      const people = mostPeopleFor(opening, contributors.logins);
      return [{ opening, missing, mostPeople: people !== null && people < opening.seats ? people : null }];
    }),
  };
}

/** What each approval is worth, by its id: why it does not count, or null where it does. */
export function worthOf(
  ballots: readonly Ballot[],
  policy: ApprovalPolicy,
  contributors: Contributors,
  current: ApprovalScope,
): ReadonlyMap<string, string | null> {
  const openings = openingsByElectorate(policy, contributors).flat();
  return new Map(ballots.map((ballot) => [ballot.id, reasonToIgnore(ballot, openings, contributors, current)]));
}

function openingsByElectorate(
  { electorates, unlinkedAuthors }: ApprovalPolicy,
  { unlinked }: Contributors,
): readonly (readonly SlotOpening[])[] {
  return electorates.map((electorate) => openingsOf(electorate, unlinkedAuthors, unlinked.length));
}

function voiceOf(ballot: Ballot | undefined) {
  return { by: ballot?.login ?? '', how: ballot?.how ?? 'review', at: ballot?.at ?? '' } as const;
}

function slotOf(person: string, seated: ReadonlyMap<SlotOpening, ReadonlySet<string>>): string | null {
  const names = [...seated].flatMap(([opening, people]) => (people.has(person) ? (openingName(opening) ?? []) : []));
  return names.length === 0 ? null : [...new Set(names)].join(', ');
}

/** Why an approval does not count; null for one that does. */
function reasonToIgnore(
  ballot: Ballot,
  openings: readonly SlotOpening[],
  contributors: Contributors,
  current: ApprovalScope,
): string | null {
  if (ballot.isBot) return 'is a bot, and bots never approve';
  if (isOneOf(ballot.login, contributors.logins)) return 'took part in the change';
  const reasons = openings.map((opening) => reasonNotToFill(ballot, opening));
  if (!reasons.includes(null)) return [...new Set(reasons)].slice(0, mostReasons).join('; ');
  if (!contributors.complete) {
    return 'may have taken part in the change: GitHub does not name every author, committer and co-author of its commits';
  }
  if (ballot.flaw !== null) return ballot.flaw;
  if (ballot.scope === null) return 'approved a commit that could not be evaluated; approve again';
  const news = whatIsNew(ballot.scope, current);
  return news === null ? null : `approved an earlier state (${news}); approve again`;
}

const mostReasons = 3;

function isOneOf(login: string, logins: readonly string[]): boolean {
  return logins.some((other) => other.toLowerCase() === login.toLowerCase());
}
