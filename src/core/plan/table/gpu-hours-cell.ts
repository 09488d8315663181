import { showText } from '../../document/show-value.ts';
import { plainText, type Span } from '../markdown/span.ts';
import type { Column } from './column.ts';
import { readCell } from './read-cell.ts';

/** "28 on 4090 plus 5 on H100" is 33; "14 on GPU node" depends on the node. */
export function readGpuHours(cell: Span, column: Column): ReturnType<typeof readCell> {
  const text = plainText(cell);
  if (/\bon (?:a |the |\d+ )?(?:GPU )?nodes?\b/i.test(text)) {
    const message = `${showText(text)} does not say how many GPUs a node has.`;
    return {
      figure: null,
      problem: { code: 'unknown-node', place: cell.place, key: null, message, hint: 'Write GPU-hours.' },
    };
  }
  const parts = text.split(/\s(?:plus|and|\+)\s/i);
  if (parts.length < 2 || text.length > 300) return readCell(cell, column, 'gpuHours');
  const readings = parts
    .filter((part) => /^[~≈]?\d/.test(part.trim()))
    .map((part) => readCell({ ...cell, source: part }, column, 'gpuHours'));
  const figures = readings.flatMap(({ figure }) => (figure === null ? [] : [figure]));
  if (figures.length < 2 || figures.length < readings.length) return readCell(cell, column, 'gpuHours');
  const value = figures.reduce((sum, figure) => sum + figure.value, 0);
  const low = figures.reduce((sum, figure) => sum + (figure.low ?? figure.value), 0);
  return { figure: { value, ...(low === value ? {} : { low }), text, place: cell.place }, problem: null };
}
