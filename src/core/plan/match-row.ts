import { scaleTolerance, type Plan, type PlanRow } from './plan.ts';
import { rowKey } from './row-key.ts';

/** What a run is known by. */
export interface RunIdentity {
  readonly path: string;
  readonly name: string | null;
  readonly parameters: number | null;
  readonly tokens: number | null;
}

/** The row that a run is held against and why, or the rows between which nothing decides: it's held against neither. */
export type RowMatch =
  | { readonly kind: 'row'; readonly row: PlanRow; readonly reason: string }
  | { readonly kind: 'several'; readonly rows: readonly PlanRow[]; readonly reason: string };

/**
 * The plan's row for a run: the one that the policy maps its path to, else the stage whose name is in its path or name,
 * else by size, and of one size by tokens. Null where the plan has no row for it.
 */
export function matchRow(plan: Plan, run: RunIdentity, mapped: string | null): RowMatch | null {
  const rows = [...plan.scales, ...plan.stages];
  if (mapped !== null) {
    const row = rows.find(({ name }) => rowKey(name) === rowKey(mapped));
    return row === undefined ? null : { kind: 'row', row, reason: 'the policy maps its path to the row' };
  }
  const named = mostWords(plan.stages, run);
  const [only] = named;
  if (named.length === 1 && only !== undefined)
    return { kind: 'row', row: only, reason: `its name or path says "${only.name}"` };
  if (named.length > 1) return several(named, 'its name and path fit each of them');
  return bySize(plan.scales.length > 0 ? plan.scales : plan.stages, run);
}

/** The stages all of whose words are in the run's path or name, those with the most words. */
function mostWords(stages: readonly PlanRow[], { path, name }: RunIdentity): readonly PlanRow[] {
  const said = new Set(wordsOf(`${path.replace(/\.\w{1,8}$/, '')} ${name ?? ''}`));
  const fitting = stages.flatMap((row) => {
    const words = wordsOf(row.name.replaceAll(/\([^()]*\)/g, ' '));
    return words.length > 0 && words.every((word) => said.has(word)) ? [{ row, count: words.length }] : [];
  });
  const most = Math.max(...fitting.map(({ count }) => count));
  return fitting.filter(({ count }) => count === most).map(({ row }) => row);
}

/** Words that say nothing of which run it is. */
const common = new Set([
  'the',
  'a',
  'an',
  'of',
  'for',
  'and',
  'on',
  'with',
  'run',
  'runs',
  'stage',
  'phase',
  'pass',
  'training',
  'train',
  'model',
  'optional',
]);

function wordsOf(text: string): readonly string[] {
  const words =
    text
      .slice(0, 1_000)
      .toLowerCase()
      .match(/[\p{L}\d]+(?:\.+[\p{L}\d]+)*/gu) ?? [];
  return words.filter((word) => !common.has(word));
}

/** The smallest rows that hold the run's parameters; of several the smallest that holds its tokens. */
function bySize(rows: readonly PlanRow[], { parameters, tokens }: RunIdentity): RowMatch | null {
  const sized = rows
    .flatMap((row) => (row.parameters === null ? [] : [{ row, size: row.parameters.value }]))
    .toSorted((a, b) => a.size - b.size);
  const fitting = parameters === null ? undefined : sized.find(({ size }) => parameters <= size * scaleTolerance);
  if (fitting === undefined) return null;
  const same = sized.filter(({ size }) => size === fitting.size).map(({ row }) => row);
  const [only] = same;
  if (same.length === 1 && only !== undefined)
    return { kind: 'row', row: only, reason: 'it is the smallest that holds its parameters' };
  const byTokens = same
    .flatMap((row) => (row.tokens === null ? [] : [{ row, most: row.tokens.value }]))
    .toSorted((a, b) => a.most - b.most);
  if (tokens === null || byTokens.length < same.length) return several(same, 'they have the same parameters');
  const row = (byTokens.find(({ most }) => tokens <= most * scaleTolerance) ?? byTokens.at(-1))?.row;
  const equal = same.filter((other) => other.tokens?.value === row?.tokens?.value);
  if (row === undefined || equal.length > 1) return several(equal, 'they have the same parameters and tokens');
  return { kind: 'row', row, reason: 'of its parameters it is the smallest that holds its tokens' };
}

function several(rows: readonly PlanRow[], reason: string): RowMatch {
  return { kind: 'several', rows, reason };
}

/** What settles which of several rows a run belongs to. */
export function howToSettle(rows: readonly PlanRow[], path: string): string {
  return `Map it in the policy: plan: {rows: {${rows[0]?.name ?? ''}: ['${path}']}}.`;
}
