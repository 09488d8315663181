import type { Approvers } from '../policy/policy.ts';

const most = 5;

/** Who may approve, in words: "`alice`, a member of `org/infra`, or anyone with the role `admin` or `maintain`". */
export function describeApprovers({ users, teams, roles }: Approvers, code: (text: string) => string): string {
  const parts = [
    ...shortened(users.map((name) => code(name))),
    ...(teams.length > 0 ? [`a member of ${either(shortened(teams.map((name) => code(name))))}`] : []),
    ...(roles.length > 0 ? [`anyone with the role ${either(shortened(roles.map((name) => code(name))))}`] : []),
  ];
  return parts.length === 0 ? 'nobody: the policy names no approvers' : either(parts);
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
