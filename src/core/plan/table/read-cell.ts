import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { bytesOfUnit, gibibyte } from '../../units/bytes.ts';
import { findQuantities } from '../amounts/find-quantities.ts';
import type { Quantity } from '../amounts/quantity.ts';
import { gpuMentions } from '../amounts/gpu-mentions.ts';
import { isNotGiven } from '../markdown/not-given.ts';
import { plainText, type Span } from '../markdown/span.ts';
import type { Cost, Figure } from '../plan.ts';
import type { Column } from './column.ts';
import type { FigureMeaning } from './meaning.ts';

/** A cell's figure, null with no problem where the plan gives none, or the problem that keeps it from being read. */
export interface CellReading {
  readonly figure: Figure | null;
  readonly problem: Problem | null;
}

interface Kind {
  readonly what: string;
  readonly example: string;
  /** What one of a quantity is worth in the unit that the plan keeps; null for a quantity of another kind. */
  readonly size: (quantity: Quantity, column: Column) => number | null;
  readonly min: number;
  /** Largest figure that is no slip: beyond it nothing exists. */
  readonly max: number;
}

const minute = 1 / 60;
const bare = ({ isBare }: Quantity, column: Column): number => (isBare ? column.multiplier : 1);

function count(kind: 'parameters' | 'tokens' | 'samples' | 'steps', example: string, what: string): Kind {
  const size: Kind['size'] = (quantity, column) => {
    if (quantity.currency !== null) return null;
    return quantity.unit === null || quantity.unit.kind === kind ? bare(quantity, column) : null;
  };
  return { what, example, size, min: 1, max: 1e16 };
}

/** Hours in a column whose header says which: "GPU-days", "Hours". */
function hours(what: string, byHeader: (column: Column) => number | null): Kind {
  const size: Kind['size'] = (quantity, column) => {
    const { unit, isMaybeMinutes } = quantity;
    if (quantity.currency !== null) return null;
    if (isMaybeMinutes) return minute / 1e6;
    if (unit?.kind === 'time' || unit?.kind === 'gpu-time') return unit.hours;
    return unit === null ? byHeader(column) : null;
  };
  return { what, example: '1000, 10k or 35 min', size, min: Number.MIN_VALUE, max: 1e12 };
}

function memory(what: string): Kind {
  const size: Kind['size'] = ({ unit, isBare }, column) => {
    if (unit?.kind === 'memory') return unit.bytes;
    const [, letter = ''] = /^([kmgt])i?b?$/i.exec(column.unit) ?? [];
    return isBare ? bytesOfUnit(letter) : null;
  };
  return { what, example: '2 GB or 400 MB', size, min: Number.MIN_VALUE, max: 2 ** 30 * gibibyte };
}

function money(what: string, example: string): Kind {
  return {
    what,
    example,
    size: (quantity, column) => (quantity.unit === null ? bare(quantity, column) : null),
    min: 0,
    max: 1e12,
  };
}

const gpuHours = hours('GPU-hours', (column) => column.hours ?? 1);
const kinds: Readonly<Record<FigureMeaning, Kind>> = {
  parameters: count('parameters', '10M or 1.5B', 'parameters'),
  tokens: count('tokens', '20B or 300M', 'tokens'),
  samples: count('samples', '1M or 300,000', 'training samples'),
  steps: count('steps', '50k or 50,000', 'steps'),
  gpuCount: {
    what: 'a number of GPUs',
    example: '8',
    size: ({ unit, currency }) =>
      currency === null && (unit === null || unit.kind === 'factor' || unit.kind === 'other') ? 1 : null,
    min: 1,
    max: 1e7,
  },
  gpuHours,
  nodeHours: {
    ...gpuHours,
    what: 'node-hours',
    size: (quantity, column) =>
      quantity.unit?.kind === 'node-time' ? quantity.unit.hours : gpuHours.size(quantity, column),
  },
  wallClock: hours('time', (column) => column.hours),
  cost: money('cost', '$500, €1.5k or USD 160–245'),
  memory: memory('memory per GPU'),
  modelMemory: memory('model memory'),
  activationMemory: memory('activation memory'),
  dataHours: hours('hours of data', (column) => column.hours ?? 1),
  inferencePrice: money('inference cost', '$0.01'),
  measuredMemory: memory('measured peak memory'),
  measuredGpuHours: hours('measured GPU-hours', (column) => column.hours ?? 1),
  predictedMemory: memory('predicted peak memory'),
  predictedGpuHours: hours('predicted GPU-hours', (column) => column.hours ?? 1),
};

const leadWords =
  /^(?:[\s(~≈<>≤≥≦+$€£₹¥]|about|approx\.?|approximately|around|circa|ca\.?|roughly|up to|at most|at least|max\.?|maximum|min\.?|under|less than|more than|est\.?|us\$|usd|eur|gbp|inr|chf|cny|rmb|jpy|cad|aud|rs\.?)*$/i;

/** The quantities of a text that are no part of a GPU's name. */
export function quantitiesIn(text: string): readonly Quantity[] {
  const gpus = gpuMentions(text);
  return findQuantities(text).filter(({ start }) => !gpus.some((gpu) => start >= gpu.start && start < gpu.end));
}

/** Reads the figure in a cell as its column means it. */
export function readCell(cell: Span, column: Column, meaning: FigureMeaning): CellReading {
  const text = plainText(cell);
  if (isNotGiven(text)) return { figure: null, problem: null };
  const kind = kinds[meaning];
  if (text.length > 300) return unreadable(cell, kind, null);
  const quantities = quantitiesIn(text);
  const chosen = choose(text, quantities, kind, column);
  if (chosen === null) return unreadable(cell, kind, quantities.find(({ fault }) => fault !== null)?.fault ?? null);
  const { quantity, size } = chosen;
  if (quantity.fault !== null) return unreadable(cell, kind, quantity.fault);
  const figure = figureOf(quantity, size, text, cell);
  if (figure.value < kind.min || figure.value > kind.max) return outOfRange(cell, kind);
  return { figure, problem: null };
}

/** The quantity that a cell is about: what is asked for, else the first; what is in brackets only where all is. */
function choose(
  text: string,
  quantities: readonly Quantity[],
  kind: Kind,
  column: Column,
): { quantity: Quantity; size: number } | null {
  const isAllInBrackets = text.startsWith('(');
  const sized = quantities.flatMap((quantity) => {
    const size = kind.size(quantity, column);
    return size === null || (quantity.inBrackets && !isAllInBrackets) ? [] : [{ quantity, size }];
  });
  const asked = sized.find(({ quantity }) =>
    /(?:→|->|request(?:ed|ing)?|ask(?:ed|ing)? for)\s*[^\d]{0,20}$/i.test(text.slice(0, quantity.start)),
  );
  if (asked !== undefined) return asked;
  return (
    sized.find(({ quantity }) => leadWords.test(text.slice(0, quantity.start)) || quantity.fault === 'minus') ??
    sized.find(({ quantity }) => quantity.unit !== null) ??
    null
  );
}

/** A quantity as a figure of the plan, in the plan's unit. */
export function figureOf({ low, high, isProgress }: Quantity, size: number, text: string, { place }: Span): Figure {
  const [from, to] = [low === null ? null : low * size, high === null ? null : high * size];
  if (isProgress && from !== null && to !== null) return { value: to - from, text, place };
  if (to === null) return { value: from ?? 0, low: from, isOpen: true, text, place };
  return from === to ? { value: to, text, place } : { value: to, low: from, text, place };
}

/** Money with its currency: the cell's own, else that of the header or of what stands above the table. */
export function readCost(
  cell: Span,
  column: Column,
  above: string | null,
): { cost: Cost | null; problem: Problem | null } {
  const { figure, problem } = readCell(cell, column, 'cost');
  if (figure === null) return { cost: null, problem };
  const currency =
    findQuantities(plainText(cell)).find((quantity) => quantity.currency !== null)?.currency ??
    column.currency ??
    above;
  if (currency !== null) return { cost: { ...figure, currency }, problem: null };
  const message = `${showText(figure.text)} is in no currency.`;
  const hint = 'Write it at the figure or in the header: $500, Cost (EUR).';
  return { cost: null, problem: { code: 'missing-currency', place: cell.place, key: null, message, hint } };
}

const faults: Readonly<Record<NonNullable<Quantity['fault']>, string>> = {
  comma: 'The comma separates no thousands: write 1.5 with a point, and 1,500 with three digits after the comma.',
  point: 'It may be thousands or a fraction: write 4,000 or 4.0.',
  minus: 'It is negative.',
  letters: 'What follows the number is no unit: write 500, 1.5B or 20 GB.',
};

function unreadable(cell: Span, { what, example }: Kind, fault: Quantity['fault']): CellReading {
  const message = `${showText(plainText(cell))} cannot be read as ${what}.`;
  const hint = fault === null ? `Expected an amount such as ${example}, or — where there is none.` : faults[fault];
  return { figure: null, problem: { code: 'unreadable-number', place: cell.place, key: null, message, hint } };
}

function outOfRange(cell: Span, { what, example }: Kind): CellReading {
  const message = `${showText(plainText(cell))} is out of range for ${what}.`;
  const hint = `Expected an amount such as ${example}, or — where there is none.`;
  return { figure: null, problem: { code: 'out-of-range', place: cell.place, key: null, message, hint } };
}
