import type { Span } from '../markdown/span.ts';
import { readColumn, type Column } from './column.ts';
import { normalize } from './normalize-header.ts';
import { nameColumn } from './name-column.ts';

/** The columns of a table. Which one has the names is decided of all together. */
export function readColumns(header: readonly Span[]): readonly Column[] {
  const columns = header.map(readColumn);
  const adds = columns.some(({ meaning }) => meaning === 'modelMemory' || meaning === 'activationMemory');
  const hasGpu = columns.some(({ meaning }) => meaning === 'gpu');
  const nameIndex = nameColumn(columns);
  return columns.map((column, index) => {
    if (index === nameIndex) return { ...column, meaning: 'name' };
    const key = normalize(column.title);
    // A bare "Total" is the total of the columns beside it: memory among memory
    if (/^total(?: per gpu)?$/.test(key)) return { ...column, meaning: adds ? 'memory' : column.meaning };
    // Beside the card's name, VRAM is what the card has
    if (hasGpu && /^vram$/.test(key)) return { ...column, meaning: 'setting' };
    return column.meaning === null && key === 'run' ? { ...column, meaning: 'evidence' } : column;
  });
}

/** The columns of a table that adds evidence to rows planned elsewhere: memory and hours are measured ones. */
export function asRecord(columns: readonly Column[]): readonly Column[] {
  if (!columns.some(({ meaning }) => meaning === 'evidence')) return columns;
  return columns.map((column) => {
    if (column.meaning === 'memory') return { ...column, meaning: 'measuredMemory' };
    return column.meaning === 'gpuHours' ? { ...column, meaning: 'measuredGpuHours' } : column;
  });
}
