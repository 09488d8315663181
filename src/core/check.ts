import { changesByRecipe, type Change } from './change.ts';
import { estimateConfig, type ConfigReading } from './estimate-config.ts';
import type { FitAnswer } from './fit/fit.ts';
import { findFits } from './fit/find-fits.ts';
import { readGuards, type Guards } from './guards.ts';
import { readLaunchers, type Launchers } from './launchers.ts';
import {
  approvalScope,
  countApprovals,
  unapproved,
  type Ballot,
  type Contributors,
  type Owners,
} from './policy/approval.ts';
import { isConfigPath } from './policy/globs.ts';
import { judge } from './policy/judge.ts';
import type { EstimatedRun, Finding, RunPair } from './policy/rule.ts';
import { verdictOf } from './policy/verdict.ts';
import { startOf, type Problem } from './problem.ts';
import type { Fact } from './run/facts.ts';
import type { Evaluation } from './report/evaluation.ts';
import { unknownDialect, type FileContent, type SourceFile } from './source-file.ts';

export type { Change } from './change.ts';

/** A config that the pull request leaves as it is, and that may include files which it changes. */
export interface DependentConfig {
  readonly path: string;
  readonly content: FileContent;
  /** The changed files. */
  readonly through: readonly string[];
}

/** Everything that a verdict depends on; text in, data out. */
export interface CheckInput {
  readonly changes: readonly Change[];
  /** Configs that a change of a file which they include may change; none without it. */
  readonly dependents?: readonly DependentConfig[];
  /** Changed files of which it is not known what else they change; none without it. */
  readonly problems?: readonly Problem[];
  /** Files that configs refer to, at base and head: a local `config.json`, a DeepSpeed file. */
  readonly referenced: { readonly base: readonly SourceFile[]; readonly head: readonly SourceFile[] };
  /** The policy at the base; null for a repository without one. */
  readonly policy: SourceFile | null;
  /** The plan at the base; null for a repository without one. */
  readonly plan: SourceFile | null;
  /** Policies and plans that the pull request adds, changes or deletes, as they stand at its head. */
  readonly changedGuards: readonly SourceFile[];
  /** The date, `2026-11-23`, which core cannot know; with it old list prices say so. */
  readonly today?: string;
}

/**
 * The pipeline, top to bottom: changed files → run pairs → estimates → plan match → findings → evaluation.
 * Pure, so that the Action, the App and the command line can never disagree. Approvals are added by
 * {@link withApprovals}, once a host has asked for them.
 */
export function check(input: CheckInput): Evaluation {
  const guards = readGuards(input.policy, input.plan);
  const changes = input.changes.flatMap(changesByRecipe);
  const sides = readAround(input);
  const pairs = pairsOf({ ...input, changes }, guards, sides).sort(byImportance);
  const findings = judge(guards.policy, pairs, {
    plan: guards.plan,
    changedGuards: input.changedGuards.map(({ path }) => startOf(path)),
  });
  const scope = approvalScope(findings, pairs, guardsIdentity(input));
  const approval = unapproved(guards.policy.approvers, scope);
  return {
    verdict: verdictOf(findings, pairs.length === 0 ? [] : guards.problems, approval),
    pairs,
    findings,
    problems: guards.problems,
    plan: guards.plan,
    policy: guards.policy,
    scope,
    approval,
    fits: fitsFor(findings, pairs, { ...input, changes }, guards, sides.head),
  };
}

/** The same evaluation with the approvals counted that the host found; `owners` are the code owners of what waits. */
export function withApprovals(
  evaluation: Evaluation,
  ballots: readonly Ballot[],
  contributors: Contributors,
  owners: readonly Owners[] | null = null,
): Evaluation {
  if (evaluation.scope.items.length === 0) return evaluation;
  const approval = countApprovals(ballots, evaluation.policy.approvers, contributors, evaluation.scope, owners);
  const problems = evaluation.pairs.length === 0 ? [] : evaluation.problems;
  return { ...evaluation, approval, verdict: verdictOf(evaluation.findings, problems, approval) };
}

/** A file that changes, or that includes one that does, read on both sides. */
interface TwoSides {
  readonly change: Change;
  readonly base: ConfigReading;
  readonly head: ConfigReading;
}

/** The configs before and after: those that change, and those that include what changes. */
function pairsOf(input: CheckInput, guards: Guards, sides: Sides): RunPair[] {
  const changes = input.changes.map((change) => readBoth(change, guards, sides));
  const dependents = (input.dependents ?? []).flatMap(({ path, content, through }) =>
    changesByRecipe({ path, previousPath: null, base: content, head: content }).map((unchanged) => ({
      through,
      sides: readBoth(unchanged, guards, sides),
    })),
  );
  const parts = new Set([...changes, ...dependents.map(({ sides }) => sides)].flatMap(builtOn));
  const pairs = [
    ...changes.flatMap((sides) => pairOf(sides, guards, parts) ?? []),
    ...dependents.flatMap(({ sides, through }) => dependentPair(sides, through) ?? []),
  ];
  return (input.problems ?? []).reduce(withProblem, pairs);
}

/** What all configs of one side are read with. */
interface Around {
  readonly referenced: readonly SourceFile[];
  readonly launchers: Launchers;
  readonly today: string | null;
}

interface Sides {
  readonly base: Around;
  readonly head: Around;
}

/** The launchers of either side: those that change, and those that name what changes. */
function readAround(input: CheckInput): Sides {
  const unchanged = (input.dependents ?? []).map(({ path, content }) => ({ path, content }));
  const around = (side: 'base' | 'head'): Around => {
    const changed = input.changes.flatMap((change): SourceFile[] => {
      const content = change[side];
      const path = side === 'base' ? (change.previousPath ?? change.path) : change.path;
      return content === null ? [] : [{ path, content }];
    });
    const referenced = input.referenced[side];
    const launchers = readLaunchers([...changed, ...unchanged], referenced);
    return { referenced, launchers, today: input.today ?? null };
  };
  return { base: around('base'), head: around('head') };
}

function readBoth(change: Change, guards: Guards, sides: Sides): TwoSides {
  const base = readSide(change.previousPath ?? change.path, change.base, guards, sides.base);
  return { change, base, head: readSide(change.path, change.head, guards, sides.head) };
}

function builtOn({ base, head }: TwoSides): readonly string[] {
  return [...(base.builtOn ?? []), ...(head.builtOn ?? [])];
}

/**
 * Null for a file that is no training config on either side. A file that the policy lists has to be one, unless it is a
 * part of one.
 */
function pairOf({ change, base, head }: TwoSides, guards: Guards, parts: ReadonlySet<string>): RunPair | null {
  const { path, previousPath } = change;
  const named =
    guards.policy.configs !== null &&
    isConfigPath(path, guards.policy) &&
    change.head !== null &&
    head.isLauncher !== true &&
    !parts.has(path);
  if (!base.isConfig && !head.isConfig && !named) return null;
  return { path, previousPath, base: base.estimated, head: head.estimated, problems: headProblems(change, head) };
}

/** Null where the changed files change nothing of the run, or where it could not be read before and still can't. */
function dependentPair(sides: TwoSides, changed: readonly string[]): RunPair | null {
  const { change, base, head } = sides;
  const read = new Set(builtOn(sides));
  const through = changed.filter((path) => read.has(path));
  const isRun = base.estimated !== null || (head.estimated !== null && head.isConfig);
  if (!isRun || through.length === 0) return null;
  const problems = headProblems(change, head);
  if (problems.length === 0 && statedIn(base) === statedIn(head)) return null;
  return { path: change.path, previousPath: null, base: base.estimated, head: head.estimated, problems, through };
}

/** Every value that is stated, without its place, which moves with any line. */
function statedIn({ estimated }: ConfigReading): string {
  const facts: Readonly<Record<string, Fact<unknown>>> = estimated?.run.facts ?? {};
  return JSON.stringify(Object.entries(facts).map(([field, { value }]) => [field, value]));
}

function withProblem(pairs: readonly RunPair[], problem: Problem): RunPair[] {
  const { path } = problem.place;
  const known = pairs.find((pair) => pair.path === path);
  if (known === undefined) return [...pairs, { path, previousPath: null, base: null, head: null, problems: [problem] }];
  return pairs.map((pair) => (pair === known ? { ...pair, problems: [...pair.problems, problem] } : pair));
}

/** Looking for a fit reads a config some thirty times: for the first few that fail, however many a fork sends. */
const mostFitted = 3;

/** What would make the configs fit that fail for their memory, as far as it is known. */
function fitsFor(
  findings: readonly Finding[],
  pairs: readonly RunPair[],
  { changes, dependents = [] }: CheckInput,
  guards: Guards,
  { referenced, launchers }: Around,
): FitAnswer[] {
  const failing = pairs.filter(({ path, head }) => {
    const isError = findings.some(
      (finding) => finding.rule === 'memory-limit' && finding.level === 'error' && finding.path === path,
    );
    return isError && head?.estimate.memory != null && head.limit !== null;
  });
  return failing.slice(0, mostFitted).flatMap(({ path }) => {
    const content =
      changes.find((change) => change.path === path)?.head ??
      dependents.find((config) => config.path === path)?.content ??
      null;
    if (content === null) return [];
    const file = { path, content };
    return findFits({ file, referenced, guards, launchers, gpu: null, most: 3 }) ?? [];
  });
}

function readSide(
  path: string,
  content: FileContent | null,
  guards: Guards,
  { referenced, launchers, today }: Around,
): ConfigReading {
  if (content === null) return { estimated: null, isConfig: false, problems: [] };
  return estimateConfig({ path, content }, referenced, guards, today, launchers);
}

/** A config that exists after the change has to be readable: one that stops being recognized would escape every rule. */
function headProblems({ path, head: content }: Change, head: ConfigReading): readonly Problem[] {
  if (content === null || head.estimated !== null || head.problems.length > 0) return head.problems;
  const hint = 'See docs/formats.md for the formats, or leave the file out with "ignore" in the policy.';
  return [unknownDialect(path, hint)];
}

/** Approvals hold under one policy and one plan, and for one edit of either: their texts are their identity. */
function guardsIdentity({ policy, plan, changedGuards }: CheckInput): string {
  return JSON.stringify([policy, plan, changedGuards]);
}

/** What cannot be read first, then what moves most GPU-hours, then most memory: a report cut short keeps what matters. */
function byImportance(a: RunPair, b: RunPair): number {
  return (
    Math.sign(b.problems.length) - Math.sign(a.problems.length) ||
    moved(b, gpuHours) - moved(a, gpuHours) ||
    moved(b, peakBytes) - moved(a, peakBytes) ||
    (a.path < b.path ? -1 : 1)
  );
}

function moved({ base, head }: RunPair, figure: (side: EstimatedRun | null) => number): number {
  return Math.abs(figure(head) - figure(base));
}

function gpuHours(side: EstimatedRun | null): number {
  return side?.estimate.compute?.gpuHours ?? 0;
}

function peakBytes(side: EstimatedRun | null): number {
  return side?.estimate.memory?.peakBytes ?? 0;
}
