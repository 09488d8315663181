import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { parseBytes } from '../../units/bytes.ts';
import { parseHours } from '../../units/duration.ts';
import { parseUsd } from '../../units/money.ts';
import { parseQuantity } from '../../units/quantity.ts';
import type { Figure } from '../plan.ts';
import type { Column, FigureColumn } from './columns.ts';
import { plainText, type Span } from './span.ts';

type NumberColumn = FigureColumn | Extract<Column, `measured${string}` | `predicted${string}`>;

interface Kind {
  readonly what: string;
  readonly parse: (text: string) => number | null;
  readonly example: string;
  /** Largest figure that is no slip: beyond it nothing exists. */
  readonly max: number;
  readonly min: number;
}

const count = { parse: parseQuantity, min: 1, max: 1e16 };
const memory = { parse: parseBytes, example: '2 GB or 400 MB', min: Number.MIN_VALUE, max: 2 ** 60 };
const hours = { parse: parseHours, example: '1000 or 10k', min: Number.MIN_VALUE, max: 1e12 };
const usd = { parse: parseUsd, example: '$500 or $0.01', min: 0, max: 1e12 };

const kinds: Readonly<Record<NumberColumn, Kind>> = {
  parameters: { ...count, what: 'parameters', example: '10M or 1.5B' },
  samples: { ...count, what: 'training samples', example: '1M or 300,000' },
  gpuHours: { ...hours, what: 'GPU-hours' },
  modelMemoryBytes: { ...memory, what: 'model memory' },
  activationMemoryBytes: { ...memory, what: 'activation memory' },
  memoryBytes: { ...memory, what: 'memory per GPU' },
  dataHours: { ...hours, what: 'hours of data' },
  costUsd: { ...usd, what: 'training cost in US dollars' },
  usdPerMillionTokens: { ...usd, what: 'inference cost in US dollars' },
  measuredMemoryBytes: { ...memory, what: 'measured peak memory' },
  measuredGpuHours: { ...hours, what: 'measured GPU-hours' },
  predictedMemoryBytes: { ...memory, what: 'predicted peak memory' },
  predictedGpuHours: { ...hours, what: 'predicted GPU-hours' },
};

/** A cell's figure, null with no problem where the plan gives none, or the problem that keeps it from being read. */
export interface FigureReading {
  readonly figure: Figure | null;
  readonly problem: Problem | null;
}

export function isFigureColumn(column: Column): column is NumberColumn {
  return Object.hasOwn(kinds, column);
}

/**
 * Reads the figure in a cell. `unit` is what the header says in brackets, for cells that are bare numbers: `80` under
 * "Memory (GB)".
 */
export function readFigure(cell: Span, column: NumberColumn, unit: string): FigureReading {
  const text = plainText(cell);
  if (isNotGiven(text)) return { figure: null, problem: null };
  const kind = kinds[column];
  const value = parseFigure(text, kind, unit);
  if (value !== null && value >= kind.min && value <= kind.max) {
    return { figure: { value, text, place: cell.place }, problem: null };
  }
  const message =
    value === null
      ? `${showText(text)} cannot be read as ${kind.what}.`
      : `${showText(text)} is out of range for ${kind.what}.`;
  const hint = `Expected one amount such as ${kind.example}, or — where there is none.`;
  const code = value === null ? 'unreadable-number' : 'out-of-range';
  return { figure: null, problem: { code, place: cell.place, key: null, message, hint } };
}

/** A dash, `n/a`, `TBD` or nothing at all. */
export function isNotGiven(text: string): boolean {
  return /^(?:[-–—?]*|n\/?a|none|tbd|unknown)$/i.test(text);
}

function parseFigure(text: string, { parse }: Kind, unit: string): number | null {
  if (text.length > 100) return null;
  const amount = abbreviate(text.replace(/\s*\([^()]*\)$/, '').replace(/(?:\/| per )\s?GPU$/i, ''));
  if (/\d$/.test(amount) && unit !== '') {
    const withUnit = parse(`${amount} ${abbreviate(unit.replace(/^(?:in )?\$?/i, ''))}`);
    if (withUnit !== null) return withUnit;
  }
  // "10M params", "300M samples": a count may name what it counts
  return parse(amount) ?? (parse === parseQuantity ? parse(amount.replace(/\s+[a-z]{2,}$/i, '')) : null);
}

const letters: Record<string, string> = { thousand: 'k', million: 'm', billion: 'b', trillion: 't' };

/** `1.5 billion` → `1.5b`. */
function abbreviate(text: string): string {
  return text.replace(
    /\s*\b(thousand|million|billion|trillion)s?\b/i,
    (_, word: string) => letters[word.toLowerCase()] ?? '',
  );
}
