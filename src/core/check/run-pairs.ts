import type { Edit } from '../attribution/edit.ts';
import type { ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import { isConfigPath } from '../policy/globs.ts';
import type { EstimatedRun, RunPair } from '../policy/rule.ts';
import type { Problem } from '../problem.ts';
import { configOf, launchedPath } from '../recipe-path.ts';
import { statedValues } from '../run/stated-values.ts';
import { unknownDialect } from '../source-file.ts';
import { changedRuns, type ChangedRun } from './changed-runs.ts';
import type { CheckInput } from './check-input.ts';
import { editsOf } from './edits-of.ts';
import { filesThatAreGone } from './gone-files.ts';
import { builtOn, readBoth, type TwoSides } from './two-sides.ts';

/** The runs before and after: those of which a part changes. */
export function pairsOf(input: CheckInput, guards: Guards): RunPair[] {
  const { sides, today = null } = input;
  const runs = changedRuns(input).map((run) => readBoth(run, guards, sides, today));
  const parts = new Set(runs.flatMap(builtOn));
  const listed = rowsOf(runs).filter(({ both }) => isListed(both, guards, parts));
  const configs = listed.filter(({ both: { base, head } }) => base.stated !== undefined && head.stated !== undefined);
  const edits = (both: TwoSides): readonly Edit[] => editsOf(both, guards, sides, today, configs.length);
  const pairs = listed.map((row) => pairOf(row, edits));
  return [...(input.problems ?? []), ...filesThatAreGone(input)].reduce(withProblem, pairs);
}

/** Commands that start one config alike are one run: it is called as its config, unless others of it differ. */
interface Row {
  readonly path: string;
  readonly both: TwoSides;
}

function rowsOf(runs: readonly TwoSides[]): Row[] {
  const byConfig = new Map<string, Map<string, [TwoSides, ...TwoSides[]]>>();
  for (const both of runs) {
    const { config } = both.run;
    const alike = byConfig.get(config) ?? new Map<string, [TwoSides, ...TwoSides[]]>();
    byConfig.set(config, alike);
    const facts = JSON.stringify([statedIn(both.base), statedIn(both.head), both.head.problems]);
    const group = alike.get(facts);
    if (group === undefined) alike.set(facts, [both]);
    else group.push(both);
  }
  return [...byConfig].flatMap(([config, alike]) =>
    [...alike.values()].map((group) => {
      const both = { ...group[0], run: asOne(group.map(({ run }) => run)) };
      return { path: alike.size === 1 ? config : nameOf(both.run), both };
    }),
  );
}

/** `run` has a launcher: a config without one is read once. */
function nameOf({ config, launcher, base, head }: ChangedRun): string {
  const [, command = '1'] = /#(\d+)$/.exec(head ?? base ?? '') ?? [];
  return launcher === null ? config : launchedPath(config, launcher, Number(command));
}

function asOne(runs: readonly ChangedRun[]): ChangedRun {
  const [first] = runs as [ChangedRun];
  return {
    ...first,
    isChanged: runs.some((run) => run.isChanged),
    isLauncherChanged: runs.some((run) => run.isLauncherChanged),
    through: [...new Set(runs.flatMap((run) => run.through))].sort(),
  };
}

/**
 * No file that is no training config on either side, unless the policy lists it and it is no part of one; and no run whose
 * own files stay as they are and of which nothing changes, or which could not be read before and still can't.
 */
function isListed(both: TwoSides, { policy }: Guards, parts: ReadonlySet<string>): boolean {
  const { run, base, head } = both;
  if (run.isChanged || run.isLauncherChanged) {
    const isNamed = policy.configs !== null && isConfigPath(run.config, policy) && run.head !== null;
    return base.isConfig || head.isConfig || (isNamed && head.isLauncher !== true && !parts.has(run.config));
  }
  const isRun = base.estimated !== null || (head.estimated !== null && head.isConfig);
  if (!isRun || throughOf(both).length === 0) return false;
  return headProblems(both).length > 0 || statedIn(base) !== statedIn(head);
}

/** The changed files among those that a run is read with. */
function throughOf(both: TwoSides): readonly string[] {
  const read = new Set(builtOn(both));
  return both.run.through.filter((path) => read.has(path));
}

function pairOf({ path, both }: Row, edits: (both: TwoSides) => readonly Edit[]): RunPair {
  const { run, base, head } = both;
  const before = run.base === null ? null : configOf(run.base);
  return {
    path,
    previousPath: before === null || before === run.config ? null : before,
    base: named(base.estimated, run.base === null ? path : before === run.config ? path : (before ?? path)),
    head: named(head.estimated, path),
    problems: headProblems(both),
    baseProblems: base.problems,
    edits: edits(both),
    ...(run.launcher === null ? {} : { launcher: run.launcher }),
    ...(run.isChanged ? {} : { through: throughOf(both) }),
  };
}

function named(estimated: EstimatedRun | null, path: string): EstimatedRun | null {
  return estimated === null ? null : { ...estimated, run: { ...estimated.run, path } };
}

function statedIn({ estimated }: ConfigReading): string | null {
  return estimated === null ? null : statedValues(estimated.run.facts);
}

/** A config that exists after the change has to be readable: one that stops being recognized would escape every rule. */
function headProblems({ run, head }: TwoSides): readonly Problem[] {
  if (run.head === null || head.estimated !== null || head.problems.length > 0) return head.problems;
  const hint = 'See docs/formats.md for the formats, or leave the file out with "ignore" in the policy.';
  return [unknownDialect(run.config, hint)];
}

function withProblem(pairs: readonly RunPair[], problem: Problem): RunPair[] {
  const { path } = problem.place;
  const known = pairs.find((pair) => pair.path === path);
  if (known === undefined) {
    const nothing = { previousPath: null, base: null, head: null, baseProblems: [], edits: [] };
    return [...pairs, { path, ...nothing, problems: [problem] }];
  }
  return pairs.map((pair) => (pair === known ? { ...pair, problems: [...pair.problems, problem] } : pair));
}
