import { matchesAny } from '../glob/matches-any.ts';
import type { Facts } from '../run/facts.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import type { ApproverSlot, FilesPolicy, Policy, RuleSetting, Waiver } from './policy.ts';
import type { Rule } from './rule.ts';

/** The policies for files that hold for a config, the one with the last word last. */
export function policiesFor({ forFiles }: Pick<Policy, 'forFiles'>, path: string): readonly FilesPolicy[] {
  return forFiles.filter(({ files }) => matchesAny(files, path));
}

/** The policy without the entries whose waiver has ended; without a date all hold. */
export function holdingOn(policy: Policy, today: string | null): Policy {
  return { ...policy, forFiles: policy.forFiles.filter(({ waiver }) => !hasEnded(waiver, today)) };
}

/** After its last day. */
export function hasEnded(waiver: Waiver | null, today: string | null): boolean {
  return waiver !== null && today !== null && waiver.until < today;
}

/** Facts that the policy supplies for a config. */
export function factsFor(policy: Pick<Policy, 'forFiles'>, path: string): Facts {
  return policiesFor(policy, path).reduce<Facts>((facts, part) => mergeFacts(part.facts, facts), {});
}

/** Level and options of a rule for a config for which these policies hold; none gives what holds for all. */
export function settingOf(
  { rules }: Pick<Policy, 'rules'>,
  { name, level }: Pick<Rule, 'name' | 'level'>,
  parts: readonly FilesPolicy[],
): RuleSetting {
  const all: RuleSetting = rules[name] ?? { level, options: {}, setAt: null, waiver: null };
  return parts.reduce((setting, part) => {
    const change = part.rules[name];
    if (change === undefined) return setting;
    const options = { ...setting.options, ...change.options };
    return { level: change.level ?? setting.level, options, setAt: part.place, waiver: part.waiver };
  }, all);
}

/** The policy that names who approves what waits for a config; null where those do who approve the rest. */
export function approversPolicyFor(policy: Pick<Policy, 'forFiles'>, path: string): FilesPolicy | null {
  return policiesFor(policy, path).findLast(({ approvers }) => approvers !== null) ?? null;
}

/** Every slot that the policy names, for whatever files. */
export function allSlots({ approvers, forFiles }: Pick<Policy, 'approvers' | 'forFiles'>): readonly ApproverSlot[] {
  return [...approvers, ...forFiles.flatMap((part) => part.approvers ?? [])];
}

/** What a policy for files is called: by its globs, shortened. */
export function nameOfFiles(files: readonly string[]): string {
  const [first = '', ...others] = files;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
