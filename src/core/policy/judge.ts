import { figuresOf, type Figure } from '../estimate/figures.ts';
import type { Fact } from '../run/facts.ts';
import { causeOf } from './cause.ts';
import { matchesAny } from '../glob/matches-any.ts';
import { startOf } from '../problem.ts';
import { policiesFor, settingOf } from './for-files.ts';
import { levels, type Level } from './level.ts';
import type { FilesPolicy, Policy, RuleSetting, Waiver } from './policy.ts';
import type { Complaint, EstimatedRun, Finding, Gap, Remarks, Rule, RuleContext, RunPair } from './rule.ts';
import { rules } from './rules/index.ts';
import { unknown } from './rules/unknown/unknown.ts';
import { howToKnow, whatIsUnknown } from './unknown.ts';

/**
 * What the rules say of a pull request at the levels of the policy: worst first, and otherwise the pull request as a
 * whole, then config by config in the order given. One cause is one finding, whatever rules it touches, and what stood
 * at the base as bad is one notice for each config. A deleted config has nothing to answer for.
 */
export function judge(policy: Policy, pairs: readonly RunPair[], context: RuleContext): readonly Finding[] {
  const aboutAll = activeRules(policy, [], context).flatMap(({ rule, setting }) => {
    const all = { ...context, files: null, policyPlace: setting.setAt ?? startOf(policy.path ?? '') };
    return rule
      .checkPullRequest(pairs, setting.options, all)
      .map((complaint) => findingOf({ rule, setting, complaint, isStanding: false }, null));
  });
  const aboutFiles = policy.forFiles.flatMap((part) => judgeFiles(policy, part, pairs, context));
  const aboutPairs = pairs.flatMap((pair) => judgePair(policy, pair, context));
  return [...aboutAll, ...aboutFiles, ...aboutPairs].toSorted(
    (one, other) => severity(other.level) - severity(one.level),
  );
}

/** The rules that are on where these policies for files hold. */
function activeRules(policy: Policy, parts: readonly FilesPolicy[], context: RuleContext): readonly ActiveRule[] {
  return rules
    .map((rule) => ({ rule, setting: settingOf(policy, rule, parts) }))
    .filter(({ rule, setting }) => setting.level !== 'off' && isAskedFor(rule, setting, context));
}

/** What the rules that a policy for files sets say of its configs together; what is said of the others is said already. */
function judgeFiles(
  policy: Policy,
  part: FilesPolicy,
  pairs: readonly RunPair[],
  context: RuleContext,
): readonly Finding[] {
  const own = pairs.filter(({ path }) => matchesAny(part.files, path));
  const ofFiles = {
    ...context,
    changedGuards: [],
    proposal: null,
    unread: [],
    files: part.files,
    policyPlace: part.place,
  };
  return activeRules(policy, [part], context)
    .filter(({ rule }) => part.rules[rule.name] !== undefined)
    .flatMap(({ rule, setting }) =>
      rule.checkPullRequest(own, setting.options, ofFiles).map((complaint) => {
        return { ...findingOf({ rule, setting, complaint, isStanding: false }, null), heldBy: part };
      }),
    );
}

function isAskedFor(rule: Rule, { setAt }: RuleSetting, { plan }: RuleContext): boolean {
  return setAt !== null || rule.isAskedFor === undefined || rule.isAskedFor(plan);
}

interface ActiveRule {
  readonly rule: Rule;
  readonly setting: RuleSetting;
}

/** A complaint with the rule that has it. */
interface Charge extends ActiveRule {
  readonly complaint: Complaint;
  readonly isStanding: boolean;
}

function judgePair(policy: Policy, pair: RunPair, context: RuleContext): readonly Finding[] {
  const parts = policiesFor(policy, pair.path);
  const active = activeRules(policy, parts, context);
  const charges: Charge[] = [];
  const gaps: (ActiveRule & Gap & { isStanding: boolean })[] = [];
  for (const { rule, setting } of active) {
    const before = rule.comparesSides ? [] : rule.checkPair(baseAlone(pair), setting.options, context);
    for (const remark of rule.checkPair(pair, setting.options, context)) {
      if ('unknown' in remark && pair.head?.subject === 'model' && remark.unknown !== 'parameters') continue;
      if ('unknown' in remark) gaps.push({ rule, setting, ...remark, isStanding: isGapOfBase(pair, remark.unknown) });
      else charges.push({ rule, setting, complaint: remark, isStanding: wasAsBad(before, remark) });
    }
  }
  // Where the config itself is at fault its figures are unknown for that, and nothing more is to be said of them.
  const fault = charges.find(({ rule }) => rule.name === 'unreadable-config');
  if (fault === undefined && gaps.length > 0) charges.push(...chargesOf(gaps, settingOf(policy, unknown, parts), pair));
  const touched = fault === undefined ? [] : gaps.map(({ rule }) => rule.name);
  const doings = charges.filter(({ isStanding }) => !isStanding);
  return [
    ...byCause(doings).map((some) =>
      mergedFinding(some, pair.path, fault !== undefined && some.includes(fault) ? touched : []),
    ),
    ...standingFinding(charges, pair.path),
  ];
}

/** The base by itself, as if it were new: what a rule says of it, it said before. */
function baseAlone(pair: RunPair): RunPair {
  return { ...pair, base: null, head: pair.base, problems: pair.baseProblems, baseProblems: [] };
}

function wasAsBad(before: Remarks, { cause, badness = 0, slack = 1e-9 }: Complaint): boolean {
  return before.some(
    (old) => !('unknown' in old) && old.cause === cause && badness <= (old.badness ?? 0) * (1 + slack),
  );
}

/** Another model of which nothing is known may be of any size. */
function isGapOfBase({ base, head }: RunPair, figure: Figure): boolean {
  if (base === null || modelOf(base) !== modelOf(head)) return false;
  return figuresOf(base)[figure] === null;
}

/** What is stated of the model. */
function modelOf(side: EstimatedRun | null): string {
  const facts: Readonly<Record<string, Fact<unknown>>> = side?.run.facts ?? {};
  // Another tokenizer makes a model of unknown dimensions no other one
  const stated = Object.entries(facts).filter(([field]) => field.startsWith('model.') && field !== 'model.tokenizer');
  return JSON.stringify(stated.map(([field, { value }]) => [field, value]).toSorted());
}

/** What is unknown at the head is one charge, and what was unknown at the base as well is another. */
function chargesOf(
  gaps: readonly (ActiveRule & Gap & { isStanding: boolean })[],
  setting: RuleSetting,
  pair: RunPair,
): Charge[] {
  if (pair.head === null || setting.level === 'off') return [];
  const { head } = pair;
  return [false, true].flatMap((isStanding): Charge[] => {
    const some = gaps.filter((gap) => gap.isStanding === isStanding);
    if (some.length === 0) return [];
    const figures = [...new Set(some.map((gap) => gap.unknown))];
    const asked = some.map((gap) => gap.setting.level).toSorted((a, b) => severity(b) - severity(a))[0] ?? 'notice';
    const complaint = {
      cause: 'unknown',
      place: causeOf(pair, figures[0] ?? 'parameters'),
      message: whatIsUnknown(head, figures),
      action: howToKnow(head, figures),
      // No rule is stricter about what it does not know than about what it knows.
      level: asked === 'off' || isNeverJudged(pair) ? 'notice' : asked,
    } as const;
    const others = [...new Set(some.map(({ rule }) => rule))];
    return [
      { rule: unknown, setting, complaint, isStanding },
      ...others.map((rule): Charge => ({ rule, setting, complaint, isStanding })),
    ];
  });
}

/** Nothing of it was judged before either. */
function isNeverJudged({ base, head }: RunPair): boolean {
  return head?.subject === 'not-estimated' && (base === null || base.subject === 'not-estimated');
}

function byCause(charges: readonly Charge[]): readonly (readonly Charge[])[] {
  const groups = new Map<string, Charge[]>();
  for (const charge of charges) {
    const cause = charge.complaint.cause ?? charge.rule.name;
    groups.set(cause, [...(groups.get(cause) ?? []), charge]);
  }
  return [...groups.values()];
}

/** The worst of the charges speaks; what the others say in other words is added. */
function mergedFinding(charges: readonly Charge[], path: string, touched: readonly string[]): Finding {
  const findings = charges.map((charge) => findingOf(charge, path));
  const [worst, ...others] = findings.toSorted((a, b) => severity(b.level) - severity(a.level)) as [
    Finding,
    ...Finding[],
  ];
  const also = [...others.map(({ rule }) => rule), ...touched].filter((rule) => rule !== worst.rule);
  const messages = [...new Set([worst.message, ...others.map(({ message }) => message)])];
  return { ...worst, message: messages.join(' '), alsoRules: [...new Set(also)] };
}

/** What stood at the base as bad blocks nothing: one notice, and none for advice that was given before. */
function standingFinding(charges: readonly Charge[], path: string): readonly Finding[] {
  const standing = charges.filter(({ isStanding }) => isStanding);
  const serious = standing.filter(({ setting, complaint }) => isBlocking(levelOf(setting.level, complaint)));
  if (serious.length === 0) return [];
  const { message, action, ...rest } = mergedFinding(serious, path, []);
  return [
    {
      ...rest,
      level: 'notice',
      isStanding: true,
      message: `${message} So it was before this pull request.`,
      action,
    },
  ];
}

function isBlocking(level: Level): boolean {
  return level === 'error' || level === 'approval';
}

function findingOf({ rule, setting, complaint, isStanding }: Charge, path: string | null): Finding {
  const { place, message, action, together, cause = rule.name } = complaint;
  const level = levelOf(setting.level, complaint);
  const until = setting.waiver === null ? '' : ` ${waiverWords(setting.waiver)}`;
  const finding = {
    rule: rule.name,
    alsoRules: [],
    cause,
    level,
    path,
    place,
    message: `${message}${until}`,
    action,
    isStanding,
  };
  return together === undefined ? finding : { ...finding, together };
}

function waiverWords({ until, owner, reason }: Waiver): string {
  return `Waived until ${until} by ${owner}: ${reason.replace(/\.$/, '')}.`;
}

/** A complaint may ask less than its rule's level, never more. */
function levelOf(configured: Level, { level = 'error' }: Complaint): Finding['level'] {
  const lower = severity(configured) < severity(level) ? configured : level;
  return lower === 'off' ? 'notice' : lower;
}

function severity(level: Level): number {
  return levels.indexOf(level);
}
