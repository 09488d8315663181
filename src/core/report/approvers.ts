import type { SlotOpening } from '../policy/approvals/opening.ts';

const most = 5;

/** Who may approve, in words: "`alice`, a member of `org/infra`, or anyone with the role `admin` or `maintain`". */
export function describeApprovers({ slot, owners }: SlotOpening, code: (text: string) => string): string {
  const { users, teams, roles } = slot;
  const owned =
    owners === null ? (slot.codeowners ? ['a code owner of what waits'] : []) : describeOwners(owners, code);
  const parts = [
    ...shortened(users.map((name) => code(name))),
    ...(teams.length > 0 ? [`a member of ${either(shortened(teams.map((name) => code(name))))}`] : []),
    ...(roles.length > 0 ? [`anyone with the role ${either(shortened(roles.map((name) => code(name))))}`] : []),
    ...owned,
  ];
  if (parts.length > 0) return either(parts);
  if (owners === null) return 'nobody: the policy names no approvers';
  return `nobody: ${whatIsOwned(owners, code)} has no code owner, and the policy names no one else`;
}

/** Whoever is named by an address only can't be told from anybody else. */
function describeOwners(owners: NonNullable<SlotOpening['owners']>, code: (text: string) => string): readonly string[] {
  const { paths, users, teams, emails } = owners;
  if (paths.length === 0) return ['a code owner of what waits'];
  if (users.length + teams.length + emails.length === 0) return [];
  const names = [
    ...users.map((name) => code(name)),
    ...teams.map((name) => `a member of ${code(name)}`),
    ...emails.map((address) => `${code(address)} (an email address, not linked to an account)`),
  ];
  return [`an owner of ${whatIsOwned(owners, code)}: ${either(shortened(names))}`];
}

function whatIsOwned({ paths }: NonNullable<SlotOpening['owners']>, code: (text: string) => string): string {
  return `${shortened(paths.slice(0, 2).map((path) => code(path))).join(' and ')}${paths.length > 2 ? ` and ${paths.length - 2} more` : ''}`;
}

/** The first names, and how many others: `alice, bob`. */
export function shortList(names: readonly string[]): string {
  return shortened(names).join(', ');
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= most ? names : [...names.slice(0, most), `${names.length - most} others`];
}

function either(parts: readonly string[]): string {
  if (parts.length < 3) return parts.join(' or ');
  return `${parts.slice(0, -1).join(', ')}, or ${parts.at(-1) ?? ''}`;
}
