import type { Edit } from '../attribution/edit.ts';
import { figuresOf, type Figure } from '../estimate/figures.ts';
import type { RunPair } from '../policy/rule.ts';
import { formatGib, gibibyte } from '../units/bytes.ts';
import { formatHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';

/** What one edit alone does to one figure of the runs that it changes. */
export interface Effect {
  /** Least and most over the runs. */
  readonly low: number;
  readonly high: number;
  readonly sum: number;
  /** Runs whose figure can't be known with it or without it. */
  readonly unknown: number;
}

/** One edit, of one config or of all those that make the same. */
export interface ChangedKey {
  readonly edit: Edit;
  readonly configs: readonly string[];
  readonly memory: Effect;
  readonly gpuHours: Effect;
  readonly cost: Effect;
  /** The largest of its effects, as a share of the figure. */
  readonly weight: number;
}

/** The edits of a pull request, those with the largest effect first; the same edit of several configs is one. */
export function changedKeysOf(pairs: readonly RunPair[]): readonly ChangedKey[] {
  const groups = new Map<string, { edit: Edit; pairs: RunPair[]; edits: Edit[] }>();
  for (const pair of pairs) {
    for (const edit of pair.edits) {
      const where = pair.through === undefined ? '' : `${edit.place.path}:${edit.place.line}`;
      const id = JSON.stringify([edit.key, edit.from, edit.to, where]);
      const group = groups.get(id) ?? { edit, pairs: [], edits: [] };
      group.pairs.push(pair);
      group.edits.push(edit);
      groups.set(id, group);
    }
  }
  return [...groups.values()]
    .map((group) => {
      const effect = (figure: Figure): Effect => effectOf(group.pairs, group.edits, figure);
      return {
        edit: group.edit,
        configs: group.pairs.map(({ path }) => path),
        memory: effect('memoryBytes'),
        gpuHours: effect('gpuHours'),
        cost: effect('costUsd'),
        weight: Math.max(...group.pairs.map((pair, at) => weightOf(pair, group.edits[at]))),
      };
    })
    .toSorted((one, other) => other.weight - one.weight);
}

function effectOf(pairs: readonly RunPair[], edits: readonly Edit[], figure: Figure): Effect {
  const deltas = pairs.map((pair, at) => delta(pair, edits[at], figure));
  const known = deltas.filter((each) => each !== null);
  return {
    low: Math.min(...known, Infinity),
    high: Math.max(...known, -Infinity),
    sum: known.reduce((total, each) => total + each, 0),
    unknown: deltas.length - known.length,
  };
}

function delta({ head }: RunPair, edit: Edit | undefined, figure: Figure): number | null {
  const [now, before] = [head === null ? null : figuresOf(head)[figure], edit?.without[figure] ?? null];
  if (now === null) return null;
  // Half of an edit of the model may be no model, as heads that do not divide the old width: then its fair share is told
  return before === null ? (edit?.share[figure] ?? null) : now - before;
}

/** An edit that makes a figure unknown weighs more than any that changes one. */
function weightOf(pair: RunPair, edit: Edit | undefined): number {
  const figures = pair.head === null ? null : figuresOf(pair.head);
  const weights = (['parameters', 'memoryBytes', 'gpuHours', 'costUsd'] as const).map((figure) => {
    const now = figures?.[figure] ?? null;
    if (now === null) return (edit?.without[figure] ?? null) === null ? 0 : Infinity;
    return Math.abs(delta(pair, edit, figure) ?? 0) / Math.max(now, 1e-9);
  });
  return Math.max(...weights);
}

/** `8 → 16`, `16, new`, `8 → removed`; nothing where the values are not known. */
export function valueChange({ from, to }: Edit): string {
  if (from !== null) return `${from} → ${to ?? 'removed'}`;
  return to === null ? '' : `${to}, new`;
}

/** What an edit alone does, each with its sign: `+41.2 GiB`; null where it does nothing to a figure. */
export function effectsOf({
  memory,
  gpuHours,
  cost,
}: ChangedKey): Readonly<Record<'memory' | 'gpuHours' | 'cost', string | null>> {
  // Of several configs the memory that changes most; GPU-hours and dollars add up
  const most = Math.abs(memory.low) > Math.abs(memory.high) ? memory.low : memory.high;
  const upTo = memory.high - memory.low >= leastBytes ? 'up to ' : '';
  const bytes = signed(memory, most, formatGib, leastBytes);
  return {
    memory: bytes === null || bytes === 'unknown' ? bytes : `${upTo}${bytes}`,
    gpuHours: signed(gpuHours, gpuHours.sum, (hours) => `${formatHours(hours)} h`, 0.005),
    cost: signed(cost, cost.sum, formatUsd, 0.005),
  };
}

/** What is printed as 0.0 GiB is no change. */
const leastBytes = 0.05 * gibibyte;

function signed(effect: Effect, value: number, print: (value: number) => string, least: number): string | null {
  if (effect.low === Infinity) return effect.unknown > 0 ? 'unknown' : null;
  return Math.abs(value) < least ? null : `${value < 0 ? '−' : '+'}${print(Math.abs(value))}`;
}
