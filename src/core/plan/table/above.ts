import { currencyIn } from '../amounts/currencies.ts';
import { findQuantities } from '../amounts/find-quantities.ts';
import { gpuCountIn, onlyGpuIn } from '../amounts/gpu-mentions.ts';
import type { Column } from './column.ts';
import type { Table } from './table.ts';

/** What headers and the text above a table say of all its rows. */
export interface Above {
  readonly gpu: string | null;
  readonly gpuCount: number | null;
  readonly gpusPerNode: number | null;
  readonly currency: string | null;
  /** Parameters of the one model that all rows train. */
  readonly parameters: { readonly value: number; readonly text: string } | null;
}

/** The nearest text that names exactly one of a thing has the say. A column of GPUs speaks for itself. */
export function readAbove({ context }: Table, columns: readonly Column[]): Above {
  const nearest = [...columns.map(({ title }) => title), ...context.toReversed()];
  const first = <Value>(read: (text: string) => Value | null): Value | null => {
    for (const text of nearest) {
      const value = read(text);
      if (value !== null) return value;
    }
    return null;
  };
  const hasGpus = columns.some(({ meaning }) => meaning === 'gpu');
  const hasCounts = columns.some(({ meaning }) => meaning === 'gpuCount');
  const hoursOf = new Set(columns.flatMap(({ meaning, gpu }) => (meaning === 'gpuHours' && gpu !== null ? [gpu] : [])));
  return {
    gpu: hasGpus || hoursOf.size > 1 ? null : first(onlyGpuIn),
    gpuCount: hasGpus || hasCounts ? null : first(gpuCountIn),
    gpusPerNode: first(gpusPerNodeIn),
    currency: first(currencyIn),
    parameters: parametersIn(context),
  };
}

function gpusPerNodeIn(text: string): number | null {
  const found =
    /\b(\d{1,2}) ?[x×]? ?(?:\S{1,12} )?(?:GPUs?|[A-Z]\d{2,3}S?) ?(?:per|a|\/|each) ?node/i.exec(text)?.[1] ??
    /\bnodes? (?:of|with|has|have) (\d{1,2})\b/i.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function parametersIn(texts: readonly string[]): Above['parameters'] {
  const found = new Map<number, string>();
  for (const text of texts) {
    for (const { unit, high, low, start, end } of findQuantities(text)) {
      if (unit?.kind === 'parameters' && high !== null && low === high) found.set(high, text.slice(start, end));
    }
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? { value: only[0], text: only[1] } : null;
}
