import type { Maxima, Maximum } from '../../../fit/maxima.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { cleanLine } from '../../escape.ts';
import { comparedFigures } from '../../compared-figures.ts';
import { alignColumns, wrap } from './table.ts';
import { palette, type TextOptions } from './terminal.ts';

const names: Readonly<Record<Maximum['what'], string>> = {
  micro_batch: 'Largest micro batch',
  context: 'Longest context',
  model: 'Largest model of this family',
  gpus: 'Fewest GPUs',
  gpu: 'Cheapest GPU that is fast enough',
};

/** How far each thing of a config goes when nothing else changes, for people at a terminal. */
export function renderMaxText({ path, asked, maxima, reason }: Maxima, { colour, width }: TextOptions): string {
  const paint = palette(colour);
  const head = paint.strong(cleanLine(path));
  if (reason !== null) return [head, ...wrap(`  Nothing can be said: ${cleanLine(reason, 300)}.`, width)].join('\n');
  const { limit } = asked;
  const usable = limit === null ? '' : ` within ${formatGib(limit.usableBytes)} (${limit.source})`;
  const rows = maxima.map(({ what, value, estimated }) => [
    names[what],
    valueText(what, value),
    ...(estimated === null ? ['', '', '', ''] : cellsOf(estimated)),
  ]);
  const heads = ['', '', 'Memory per GPU', 'GPU-hours', 'Time', 'Cost'];
  const notes = maxima.flatMap(({ what, note }) => (note === null ? [] : [`${names[what]}: ${note}.`]));
  return [
    head,
    ...wrap(cleanLine(`Each alone, nothing else changed,${usable}:`, 300), width - 2).map((line) => `  ${line}`),
    '',
    ...alignColumns([heads, ...rows].map((row) => row.map((cell) => cleanLine(cell)))).map((row) =>
      `  ${row.join('  ')}`.trimEnd(),
    ),
    ...(notes.length === 0 ? [] : ['']),
    ...notes.flatMap((note) =>
      wrap(cleanLine(note, 300), width - 4).map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`),
    ),
  ].join('\n');
}

function cellsOf(estimated: Parameters<typeof comparedFigures>[0]): string[] {
  const { memory, hours, time, cost } = comparedFigures(estimated);
  return [memory, hours, time, cost];
}

function valueText(what: Maximum['what'], value: string | number | null): string {
  if (value === null) return 'none';
  if (what === 'model' && typeof value === 'number') return `${formatCount(value)} parameters`;
  const number = typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return what === 'context' ? `${number} tokens` : number;
}
