import { whatIsNew, type ApprovalScope } from './approval-scope.ts';
import type { Approvers } from './policy.ts';

export { approvalScope, covers, fingerprintText, type ApprovalItem, type ApprovalScope } from './approval-scope.ts';
export type { Approvers };

/** One approving review as GitHub states it, with what was known of its author when asked. */
export interface Ballot {
  readonly login: string;
  readonly isBot: boolean;
  /** `review`, and in the App also `command` or `button`. */
  readonly how: string;
  /** GitHub's `role_name` of the author in this repository; null when it could not be read. */
  readonly roleName: string | null;
  /** Teams of the policy: member, not a member, or null where the token may not see the team. */
  readonly teams: Readonly<Record<string, boolean | null>>;
  /** What stood at the commit that was reviewed; null when that could not be evaluated. */
  readonly scope: ApprovalScope | null;
}

/** Who took part in the change and may therefore not approve it; null entries stand for people without an account. */
export interface Contributors {
  readonly logins: readonly string[];
  /** False when GitHub did not name every author, committer and co-author. */
  readonly complete: boolean;
}

/** Whether an approval is needed, and whether it is there. */
export interface ApprovalState {
  /** How many approvals it takes; 0 when nothing waits. */
  readonly needed: number;
  /** Approvals that count. */
  readonly given: readonly { readonly by: string; readonly how: string }[];
  /** Approvals that do not count, each with the reason. */
  readonly ignored: readonly { readonly by: string; readonly reason: string }[];
}

/**
 * Counts approvals: one a person, given by somebody who may, who took no part in the change, of what stands now or of
 * something larger. Everyone else who approved is listed with the reason why it does not count.
 */
export function countApprovals(
  ballots: readonly Ballot[],
  approvers: Approvers,
  contributors: Contributors,
  current: ApprovalScope,
): ApprovalState {
  if (current.items.length === 0) return { needed: 0, given: [], ignored: [] };
  const given = new Map<string, { by: string; how: string }>();
  const ignored = new Map<string, { by: string; reason: string }>();
  for (const ballot of ballots) {
    const person = ballot.login.toLowerCase();
    const reason = reasonToIgnore(ballot, approvers, contributors, current);
    if (reason === null) given.set(person, given.get(person) ?? { by: ballot.login, how: ballot.how });
    else ignored.set(person, { by: ballot.login, reason });
  }
  return {
    needed: approvers.count,
    given: [...given.values()],
    ignored: [...ignored].filter(([person]) => !given.has(person)).map(([, entry]) => entry),
  };
}

function reasonToIgnore(
  ballot: Ballot,
  approvers: Approvers,
  contributors: Contributors,
  current: ApprovalScope,
): string | null {
  if (ballot.isBot) return 'is a bot, and bots never approve';
  if (isOneOf(ballot.login, contributors.logins)) return 'took part in the change';
  const noAuthority = reasonWithoutAuthority(ballot, approvers);
  if (noAuthority !== null) return noAuthority;
  if (!contributors.complete) {
    return 'may have taken part in the change: GitHub does not name an account for every author, committer and co-author of its commits';
  }
  if (ballot.scope === null) return 'approved a commit that could not be evaluated; approve again';
  const news = whatIsNew(ballot.scope, current);
  return news === null ? null : `approved an earlier state (${news}); approve again`;
}

/** Null for a person whom the policy lets approve. What the token could not see is no permission. */
function reasonWithoutAuthority({ login, roleName, teams }: Ballot, approvers: Approvers): string | null {
  if (isOneOf(login, approvers.users)) return null;
  if (roleName !== null && approvers.roles.includes(roleName)) return null;
  if (approvers.teams.some((team) => teams[team] === true)) return null;
  const hidden = approvers.teams.filter((team) => teams[team] !== false);
  if (hidden.length > 0) {
    return `can't be looked up in ${hidden.join(', ')}: the token needs the organization permission "Members: read" and sight of the team`;
  }
  if (roleName === null && approvers.roles.length > 0)
    return 'has a role in this repository that the token could not read';
  if (roleName === null || approvers.roles.length === 0) return 'is not among the approvers of the policy';
  return `has the role ${roleName}; the policy asks for ${approvers.roles.join(' or ')}`;
}

function isOneOf(login: string, logins: readonly string[]): boolean {
  return logins.some((other) => other.toLowerCase() === login.toLowerCase());
}
