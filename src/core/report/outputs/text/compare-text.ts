import { leastOf, type ComparedRun } from '../../../fit/compare-gpus.ts';
import { comparedFigures } from '../../compared-figures.ts';
import { cleanLine } from '../../escape.ts';
import { memoryShare } from '../../figures.ts';
import { formatShare } from '../../../units/share.ts';
import { alignColumns, wrap } from './table.ts';
import { palette, type TextOptions } from './terminal.ts';

/** One config on several kinds and numbers of GPUs, for people at a terminal. */
export function renderCompareText(path: string, runs: readonly ComparedRun[], { colour, width }: TextOptions): string {
  const paint = palette(colour);
  const heads = ['GPU', 'GPUs', 'Memory per GPU', 'Of usable', 'GPU-hours', 'Time', 'Cost', ''];
  const rows = runs.map((run) => [
    run.gpu ?? 'unknown',
    run.count?.toLocaleString('en-US') ?? 'unknown',
    ...cellsOf(run),
  ]);
  const problems = runs.flatMap((run) => (run.problem === null ? [] : [`${nameOf(run)}: ${run.problem}`]));
  const best = [
    ['Cheapest that fits', leastOf(runs, 'costUsd')],
    ['Fastest that fits', leastOf(runs, 'wallClockHours')],
  ] as const;
  const prices = new Set(
    runs.flatMap(({ estimated }) => {
      const cost = estimated?.estimate.cost ?? null;
      return cost === null ? [] : [`${estimated?.run.hardware.gpu?.name ?? 'GPU'}: ${cost.priceSource}`];
    }),
  );
  return [
    paint.strong(cleanLine(path)),
    '',
    ...alignColumns(
      [heads, ...rows].map((row) => row.map((cell) => cleanLine(cell))),
      [1],
    ).map((row) => `  ${row.join('  ')}`.trimEnd()),
    '',
    ...best.flatMap(([label, run]) => (run === null ? [] : [`  ${label}: ${nameOf(run)}`])),
    ...[...problems, ...[...prices].map((price) => `price of the ${price}`)].flatMap((text) =>
      wrap(cleanLine(text, 300), width - 2).map((line) => `  ${paint.faint(line)}`),
    ),
  ].join('\n');
}

function cellsOf({ estimated, fits }: ComparedRun): string[] {
  if (estimated === null) return ['–', '–', '–', '–', '–', 'cannot be run'];
  const { memory, hours, time, cost } = comparedFigures(estimated);
  const share = memoryShare(estimated);
  return [
    memory,
    share === null ? 'unknown' : formatShare(share),
    hours,
    time,
    cost,
    fits === false ? 'does not fit' : '',
  ];
}

function nameOf({ gpu, count }: ComparedRun): string {
  return `${count === null ? '' : `${count.toLocaleString('en-US')} × `}${gpu ?? 'its GPU'}`;
}
