import type { RunPair } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { drawBar } from '../../bar.ts';
import { cleanLine } from '../../escape.ts';
import { figuresOf, type Figures } from '../../../estimate/figures.ts';
import { beforeAfter, describeChange, memoryShare, scaleName } from '../../figures.ts';
import { alignColumns, shortenMiddle, widthOf } from './table.ts';
import type { Palette } from './terminal.ts';

const heads = ['Scale', 'Parameters', 'Memory per GPU', 'Of usable', 'GPU-hours', 'Cost'];

/** The configs, base → head: a table where the terminal is wide enough for it, else a few short lines for each. */
export function configLines(pairs: readonly RunPair[], paint: Palette, width: number): string[] {
  if (pairs.length === 0) return [];
  const figures = pairs.map(figureCells);
  const columns = alignColumns([heads, ...figures]).map((row) => row.join('  '));
  const pathWidth = width - 2 - Math.max(...columns.map(widthOf));
  return pathWidth < 20 ? stacked(pairs, figures, paint) : table(pairs, columns, pathWidth, paint);
}

function table(pairs: readonly RunPair[], columns: readonly string[], pathWidth: number, paint: Palette): string[] {
  const paths = ['Config', ...pairs.map(({ path }) => shortenMiddle(cleanLine(path), pathWidth))];
  const [head = '', ...lines] = alignColumns(paths.map((path, index) => [path, columns[index] ?? ''])).map((row) =>
    row.join('  ').trimEnd(),
  );
  return [paint.strong(head), ...lines];
}

function stacked(pairs: readonly RunPair[], figures: readonly (readonly string[])[], paint: Palette): string[] {
  return pairs.flatMap(({ path }, index) => {
    const [scale = '', parameters = '', memory = '', bar = '', hours = '', cost = ''] = figures[index] ?? [];
    return [
      paint.strong(cleanLine(path)),
      `  ${scale}, ${parameters} parameters`,
      `  ${memory} per GPU  ${bar}`.trimEnd(),
      `  ${hours} GPU-hours, ${cost}`,
    ];
  });
}

/** One cell for each of the heads. */
function figureCells(pair: RunPair): string[] {
  const compare = (figure: keyof Figures, print: (value: number) => string) =>
    beforeAfter(pair, (run) => {
      const value = figuresOf(run)[figure];
      return value === null ? null : print(value);
    });
  const share = pair.head === null ? null : memoryShare(pair.head);
  const scale = beforeAfter(pair, (run) => scaleName(run) ?? '–');
  const parts = [pair.head === null ? null : scale, describeChange(pair)].filter((part) => part !== null);
  return [
    cleanLine(parts.join(', '), 60),
    compare('parameters', formatCount),
    compare('memoryBytes', formatGib),
    share === null ? '' : `${drawBar(share)} ${formatShare(share)}`,
    compare('gpuHours', formatHours),
    compare('costUsd', formatUsd),
  ];
}
