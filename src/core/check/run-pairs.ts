import type { Edit } from '../attribution/edit.ts';
import { changesByRecipe, headPath, type ChangedFile } from '../change.ts';
import type { ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import { isConfigPath } from '../policy/globs.ts';
import type { RunPair } from '../policy/rule.ts';
import type { Problem } from '../problem.ts';
import type { Fact } from '../run/facts.ts';
import { unknownDialect } from '../source-file.ts';
import type { CheckInput } from './check-input.ts';
import { editsOf } from './edits-of.ts';
import { builtOn, readBoth, type Sides, type TwoSides } from './two-sides.ts';

/** The configs before and after: those that change, and those that include what changes. */
export function pairsOf(input: CheckInput, guards: Guards, sides: Sides): RunPair[] {
  const changes = input.changes.map((change) => readBoth(change, guards, sides));
  const dependents = (input.dependents ?? []).flatMap(({ path, through }) =>
    changesByRecipe({ path, previousPath: null, status: 'modified' }, input.sides).map((unchanged) => ({
      through,
      sides: readBoth(unchanged, guards, sides),
    })),
  );
  const all = [...changes, ...dependents.map((dependent) => dependent.sides)];
  const parts = new Set(all.flatMap(builtOn));
  const configs = all.filter(({ base, head }) => base.stated !== undefined && head.stated !== undefined).length;
  const edits = (both: TwoSides): readonly Edit[] => editsOf(both, guards, sides, configs);
  const pairs = [
    ...changes.flatMap((both) => pairOf(both, guards, parts, edits) ?? []),
    ...dependents.flatMap((dependent) => dependentPair(dependent.sides, dependent.through, edits) ?? []),
  ];
  return (input.problems ?? []).reduce(withProblem, pairs);
}

type EditsOf = (both: TwoSides) => readonly Edit[];

/**
 * Null for a file that is no training config on either side. A file that the policy lists has to be one, unless it is a
 * part of one.
 */
function pairOf(sides: TwoSides, guards: Guards, parts: ReadonlySet<string>, edits: EditsOf): RunPair | null {
  const { change, base, head } = sides;
  const { path, previousPath } = change;
  const named =
    guards.policy.configs !== null &&
    isConfigPath(path, guards.policy) &&
    headPath(change) !== null &&
    head.isLauncher !== true &&
    !parts.has(path);
  if (!base.isConfig && !head.isConfig && !named) return null;
  const both = { base: base.estimated, head: head.estimated, baseProblems: base.problems };
  return { path, previousPath, ...both, problems: headProblems(change, head), edits: edits(sides) };
}

/** Null where the changed files change nothing of the run, or where it could not be read before and still can't. */
function dependentPair(sides: TwoSides, changed: readonly string[], edits: EditsOf): RunPair | null {
  const { change, base, head } = sides;
  const read = new Set(builtOn(sides));
  const through = changed.filter((path) => read.has(path));
  const isRun = base.estimated !== null || (head.estimated !== null && head.isConfig);
  if (!isRun || through.length === 0) return null;
  const problems = headProblems(change, head);
  if (problems.length === 0 && statedIn(base) === statedIn(head)) return null;
  const both = { base: base.estimated, head: head.estimated, baseProblems: base.problems };
  return { path: change.path, previousPath: null, ...both, problems, edits: edits(sides), through };
}

/** Every value that is stated, without its place, which moves with any line. */
function statedIn({ estimated }: ConfigReading): string {
  const facts: Readonly<Record<string, Fact<unknown>>> = estimated?.run.facts ?? {};
  return JSON.stringify(Object.entries(facts).map(([field, { value }]) => [field, value]));
}

/** A config that exists after the change has to be readable: one that stops being recognized would escape every rule. */
function headProblems(change: ChangedFile, head: ConfigReading): readonly Problem[] {
  if (headPath(change) === null || head.estimated !== null || head.problems.length > 0) return head.problems;
  const hint = 'See docs/formats.md for the formats, or leave the file out with "ignore" in the policy.';
  return [unknownDialect(change.path, hint)];
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
