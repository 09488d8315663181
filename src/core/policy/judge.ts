import type { Policy, RuleSetting } from './policy.ts';
import { levels, type Complaint, type Finding, type Level, type Rule, type RuleContext, type RunPair } from './rule.ts';
import { rules } from './rules/index.ts';

/**
 * What the rules say of a pull request at the levels of the policy: worst first, and otherwise the pull request as a
 * whole, then config by config in the order given. A deleted config has nothing to answer for.
 */
export function judge(policy: Policy, pairs: readonly RunPair[], context: RuleContext): readonly Finding[] {
  const active = rules
    .map((rule) => ({ rule, setting: settingOf(policy, rule) }))
    .filter(({ setting }) => setting.level !== 'off');
  const aboutAll = active.flatMap(({ rule, setting }) =>
    rule
      .checkPullRequest(pairs, setting.options, context)
      .map((complaint) => findingOf(rule, setting, null, complaint)),
  );
  const aboutPairs = pairs.flatMap((pair) =>
    active.flatMap(({ rule, setting }) =>
      rule.checkPair(pair, setting.options, context).map((complaint) => findingOf(rule, setting, pair.path, complaint)),
    ),
  );
  return [...aboutAll, ...aboutPairs].toSorted((one, other) => severity(other.level) - severity(one.level));
}

/** What the policy sets for a rule; its defaults where it sets nothing. */
export function settingOf(policy: Policy, rule: Rule): RuleSetting {
  return policy.rules[rule.name] ?? { level: rule.level, options: {} };
}

function findingOf(rule: Rule, setting: RuleSetting, path: string | null, complaint: Complaint): Finding {
  const { place, message, action } = complaint;
  return { rule: rule.name, level: levelOf(setting.level, complaint), path, place, message, action };
}

/** A complaint may ask less than its rule's level, never more. */
function levelOf(configured: Level, { level = 'error' }: Complaint): Finding['level'] {
  const lower = severity(configured) < severity(level) ? configured : level;
  return lower === 'off' ? 'notice' : lower;
}

function severity(level: Level): number {
  return levels.indexOf(level);
}
