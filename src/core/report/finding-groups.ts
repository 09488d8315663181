import { levels } from '../policy/level.ts';
import type { Finding } from '../policy/rule.ts';

/** One cause, with all the findings that it makes: those of a sweep are one. */
export interface FindingGroup {
  /** The worst of them, which speaks. */
  readonly finding: Finding;
  readonly findings: readonly Finding[];
  /** The rules that it touches. */
  readonly rules: readonly string[];
}

/** Findings by cause, the worst first, and among equals in their order. */
export function findingGroups(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { cause, isStanding, level, path } = finding;
    // What concerns the pull request as a whole is no config's
    const id = JSON.stringify([cause, isStanding, level, path === null]);
    groups.set(id, [...(groups.get(id) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((some): FindingGroup[] => {
      const [finding] = some;
      const rules = some.flatMap(({ rule, alsoRules }) => [rule, ...alsoRules]);
      return finding === undefined ? [] : [{ finding, findings: some, rules: [...new Set(rules)] }];
    })
    .toSorted((one, other) => levels.indexOf(other.finding.level) - levels.indexOf(one.finding.level));
}
