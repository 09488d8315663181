import type { Fit, FitAnswer, FittingGpu } from '../../../fit/fit.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { cleanLine } from '../../escape.ts';
import { fitChanges, fitFigures, lineEdit, withoutFits } from '../../fit-words.ts';
import { alignColumns, wrap } from './table.ts';
import { palette, type Palette, type TextOptions } from './terminal.ts';

/** More GPU types than this nobody compares. */
const mostGpus = 5;

/** What makes a config fit, for people at a terminal: the ways with their lines, then the other way around. */
export function renderFitText(answer: FitAnswer, { colour, width }: TextOptions): string {
  const paint = palette(colour);
  const without = withoutFits(answer);
  const blocks = [
    [paint.strong(cleanLine(answer.path)), `  ${askedLine(answer)}`],
    ...(without === null ? [] : [wrap(cleanLine(without, 600), width)]),
    ...answer.fits.map((fit, index) => fitLines(answer.path, fit, index + 1, paint, width)),
    // Of a run whose memory is unknown neither can be said
    ...(answer.asked.estimate.memory === null ? [] : [[largestLine(answer)], gpuLines(answer.gpus, paint)]),
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

function largestLine({ largestMicroBatch }: FitAnswer): string {
  return `Largest micro batch that fits, nothing else changed: ${largestMicroBatch ?? 'none, not even 1'}`;
}

function askedLine({ asked: { estimate, limit } }: FitAnswer): string {
  const peak = estimate.memory === null ? 'unknown' : formatGib(estimate.memory.peakBytes);
  const usable = limit === null ? 'no limit is known' : `${formatGib(limit.usableBytes)} usable (${limit.source})`;
  return cleanLine(`Memory per GPU ${peak}; ${usable}`, 300);
}

function fitLines(path: string, fit: Fit, number: number, paint: Palette, width: number): string[] {
  const asIs = (text: string): string => cleanLine(text, 300);
  const wrapped = (text: string): string[] => wrap(text, width - 3).map((line) => `   ${line}`);
  const [first = '', ...rest] = wrap(fitChanges(fit, asIs), width - 3);
  return [
    `${number}. ${paint.strong(first)}`,
    ...rest.map((line) => `   ${paint.strong(line)}`),
    ...wrapped(fitFigures(fit)),
    ...fit.lines.map((line) => `   ${paint.faint(lineEdit(fit.launcher ?? path, line, asIs))}`),
  ];
}

function gpuLines(gpus: readonly FittingGpu[], paint: Palette): string[] {
  if (gpus.length === 0) return ['It fits as it stands on no GPU of the catalog with a list price.'];
  const rows = gpus
    .slice(0, mostGpus)
    .map(({ name, usableBytes, gpuHours, usd, usdPerGpuHour }) => [
      name,
      `${formatGib(usableBytes)} usable`,
      gpuHours === null ? 'unknown' : formatGpuHours(gpuHours),
      usd === null ? 'unknown' : formatUsd(usd),
      `${formatUsd(usdPerGpuHour)} per GPU-hour`,
    ]);
  const source = gpus[0]?.priceSource ?? '';
  return [
    paint.strong('Fits as it stands on, cheapest first'),
    ...alignColumns(rows, [1, 2, 3]).map((row) => `  ${row.join('  ')}`),
    `  ${paint.faint(cleanLine(`price of the first: ${source}`, 300))}`,
  ];
}
