import { showText } from '../document/show-value.ts';
import { lineSeenFrom, type Problem } from '../problem.ts';
import type { Figure, PlanRow } from './plan.ts';
import { settledHours } from './table/settle-hours.ts';

const figures = [
  'parameters',
  'tokens',
  'samples',
  'steps',
  'gpuCount',
  'gpuHours',
  'wallClockHours',
  'cost',
  'modelMemoryBytes',
  'activationMemoryBytes',
  'memoryBytes',
  'dataHours',
  'usdPerMillionTokens',
] as const satisfies readonly (keyof PlanRow)[];

/**
 * What several places say of one row, put together: of each figure the first that is stated counts, and one that another
 * place states otherwise is a problem.
 */
export function mergeRows(first: PlanRow, others: readonly PlanRow[]): { row: PlanRow; problems: readonly Problem[] } {
  if (others.length === 0) return { row: first, problems: [] };
  const rows = [first, ...others];
  const problems: Problem[] = [];
  const stated = Object.fromEntries(
    figures.map((name) => {
      const found = rows.flatMap((row) => row[name] ?? []);
      return [name, merged(first.name, found, problems)];
    }),
  ) as Pick<PlanRow, (typeof figures)[number]>;
  const { wallClockHours: wallClock, gpuCount } = stated;
  // Where one place has both and no GPU-hours, they contradict what it stated
  const isSettled =
    stated.gpuHours !== null || rows.some((row) => row.wallClockHours !== null && row.gpuCount !== null);
  const settled = isSettled
    ? { gpuHours: stated.gpuHours, problems: [] }
    : settledHours({ wallClock, gpuCount, gpuHours: null }, first.name);
  const firstOf = <Key extends 'gpu' | 'notes' | 'validation'>(key: Key): PlanRow[Key] =>
    rows.find((row) => row[key] !== null)?.[key] ?? first[key];
  return {
    row: {
      ...first,
      ...stated,
      gpuHours: settled.gpuHours,
      kind: rows.some(({ kind }) => kind === 'scale') ? 'scale' : 'stage',
      gpu: firstOf('gpu'),
      notes: firstOf('notes'),
      validation: firstOf('validation'),
      alternatives: rows.find(({ alternatives }) => alternatives.length > 0)?.alternatives ?? [],
      costUsd: stated.cost?.currency === 'USD' ? stated.cost : null,
      isOptional: rows.some(({ isOptional }) => isOptional),
    },
    problems: [...problems, ...settled.problems],
  };
}

/** The first of several statements of one figure; whatever differs from it is a problem. */
export function merged<Kind extends Figure>(name: string, stated: readonly Kind[], problems: Problem[]): Kind | null {
  const [first, ...others] = stated;
  if (first === undefined) return null;
  for (const other of others) if (!isSame(first, other)) problems.push(conflict(name, first, other));
  return first;
}

function isSame(one: Figure & { readonly currency?: string }, other: Figure & { readonly currency?: string }): boolean {
  return one.value === other.value && one.currency === other.currency;
}

function conflict(key: string, first: Figure, other: Figure): Problem {
  const message = `${showText(other.text)} is not what ${lineSeenFrom(other.place, first.place)} says: ${showText(first.text)}.`;
  return {
    code: 'conflicting-figures',
    place: other.place,
    key,
    message,
    hint: 'State the figure once; the first one is taken.',
  };
}
