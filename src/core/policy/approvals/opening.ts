import type { Owners } from '../codeowners.ts';
import type { ApprovalRequirement } from './requirement.ts';
import { nameOfFiles } from '../for-files.ts';
import type { ApproverSlot, Policy } from '../policy.ts';
import type { Opening } from './assign-approvers.ts';

/** What is known of somebody who approved. What the token could not see is null, and no permission. */
export interface Approver {
  /** GitHub's `role_name` in this repository. */
  readonly roleName: string | null;
  /** Whether the role lets its bearer write, custom or not: a code owner without it owns nothing. */
  readonly canWrite: boolean | null;
  /** Teams of policy and owners: member, not a member, or null where the token may not see the team. */
  readonly teams: Readonly<Record<string, boolean | null>>;
}

/** A slot of the policy for this pull request: where its owners approve, one opening for all paths of the same owners. */
export interface SlotOpening extends Opening {
  readonly slot: ApproverSlot;
  /** Globs of the policy for files that has the slot; null for one of the whole repository. */
  readonly files: readonly string[] | null;
  /** null where the slot asks for no owners. */
  readonly owners: Owners | null;
}

/** What an opening is called: its slot, and the files it is for; null for the one slot of the whole repository. */
export function openingName({ slot, files }: Pick<SlotOpening, 'slot' | 'files'>): string | null {
  const ofFiles = files === null ? null : nameOfFiles(files);
  if (slot.name === null || ofFiles === null) return slot.name ?? ofFiles;
  return `${slot.name} of ${ofFiles}`;
}

/** What of a policy decides who may approve what waits. */
export interface ApprovalPolicy extends Pick<Policy, 'unlinkedAuthors'> {
  readonly requirements: readonly ApprovalRequirement[];
}

/**
 * What a requirement has to fill. Where the policy says so, each slot takes one person more for each author who is linked
 * to no account, and may be among those who approve.
 */
export function openingsOf(
  { slots, files, owners }: ApprovalRequirement,
  unlinkedAuthors: Policy['unlinkedAuthors'],
  unlinked: number,
): readonly SlotOpening[] {
  const more = unlinkedAuthors === 'add-approval' ? unlinked : 0;
  const openings = slots.flatMap((slot): SlotOpening[] => {
    const needed = slot.count + more;
    if (!slot.codeowners) return [{ slot, needed, files, owners: null }];
    return (owners ?? [notLookedUp]).map((group) => ({ slot, needed, files, owners: group }));
  });
  // Within the openings of owners a person may be in two: the others are assigned first
  return openings.toSorted((one, other) => Number(one.owners !== null) - Number(other.owners !== null));
}

/**
 * How many people can fill an opening at most: those whom it names, without those who took part in the change. null where
 * it names a team or a role, whose members nobody has counted.
 */
export function mostPeopleFor({ slot, owners }: SlotOpening, contributors: readonly string[]): number | null {
  if (slot.teams.length > 0 || slot.roles.length > 0 || (owners?.teams.length ?? 0) > 0) return null;
  const named = [...slot.users, ...(owners?.users ?? [])].map((login) => login.toLowerCase());
  return new Set(named.filter((login) => !isAmong(login, contributors))).size;
}

const notLookedUp: Owners = { paths: [], users: [], teams: [], emails: [] };

/** Null for a person who may fill the opening. */
export function reasonNotToFill(
  login: string,
  { roleName, canWrite, teams }: Approver,
  { slot, owners }: SlotOpening,
): string | null {
  if (isAmong(login, slot.users)) return null;
  if (roleName !== null && slot.roles.includes(roleName)) return null;
  if (slot.teams.some((team) => teams[team] === true)) return null;
  const owns = owners !== null && (isAmong(login, owners.users) || owners.teams.some((team) => teams[team] === true));
  if (owns && canWrite === true) return null;
  if (owns) {
    return canWrite === false
      ? 'is a code owner but lacks write access, so GitHub ignores the ownership'
      : 'is a code owner whose access to this repository the token could not read';
  }
  const hidden = [...slot.teams, ...(owners?.teams ?? [])].filter((team) => teams[team] !== false);
  if (hidden.length > 0) {
    return `can't be looked up in ${hidden.join(', ')}: the token needs the organization permission "Members: read" and must be able to see the team`;
  }
  if (roleName === null && slot.roles.length > 0) return 'has a role in this repository that the token could not read';
  if (owners !== null) return notAnOwner(owners);
  if (roleName === null || slot.roles.length === 0) return 'is not among the approvers of the policy';
  return `has the role ${roleName}; the policy asks for ${slot.roles.join(' or ')}`;
}

function notAnOwner({ paths, emails }: Owners): string {
  const what = paths[0] === undefined ? 'what waits' : `${paths[0]}${paths.length > 1 ? ' and others' : ''}`;
  const hint =
    emails.length === 0 ? '' : `; an owner is named by an address, which says no account: ${emails[0] ?? ''}`;
  return `is no code owner of ${what}${hint}`;
}

/** GitHub's logins know no case. */
export function isAmong(login: string, logins: readonly string[]): boolean {
  return logins.some((other) => other.toLowerCase() === login.toLowerCase());
}
