import type { Estimate, InferenceEstimate } from '../../../estimate/estimate.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatGpuHours, formatWallClock } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { drawBar } from '../../bar.ts';
import { cleanLine } from '../../escape.ts';
import { billableFigures } from '../../compared-figures.ts';
import { endDates } from '../../end-dates.ts';
import { calibrationText } from '../../calibration-words.ts';
import { memoryShare, range, scaleName } from '../../figures.ts';
import { printQuantities } from '../../quantities.ts';
import { alignColumns, wrap } from './table.ts';
import { palette, type Palette, type TextOptions } from './terminal.ts';

/** One run for people at a terminal: the figures, memory by part with formulas, what was assumed, what is unknown. */
export function renderEstimateText(
  estimated: EstimatedRun,
  { colour, width }: TextOptions,
  /** The day on which it starts, where one is asked for. */
  from: string | null = null,
): string {
  const paint = palette(colour);
  const { run, estimate } = estimated;
  const blocks = [
    [
      `${paint.strong(cleanLine(run.path))}  ${paint.faint(cleanLine(`${run.name} (${run.dialect})`))}`,
      ...figureLines(estimated, from),
    ],
    memoryLines(estimate, paint, width),
    listLines(
      'Assumed',
      estimate.assumptions.map(({ field, value, reason }) => `${field} = ${cleanLine(value)}: ${reason}`),
      paint,
      width,
    ),
    listLines(
      'Unknown',
      estimate.unknown.map(({ field, reason }) => `${field}: ${reason}`),
      paint,
      width,
    ),
    listLines(
      'Not read',
      run.notRead.map(({ key, place }) => cleanLine(`${key} (${place.path}:${place.line})`)),
      paint,
      width,
    ),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function figureLines(estimated: EstimatedRun, from: string | null): string[] {
  const { parameters, inference } = estimated.estimate;
  const rows: [string, string | null][] = [
    ...givenRows(estimated),
    ['Parameters', parameters && parametersText(parameters)],
    ['Scale', scaleName(estimated)],
    ['Memory per GPU', memoryText(estimated)],
    ...(estimated.calibration === null
      ? []
      : [['By your own runs', calibrationText(estimated.calibration)] satisfies [string, string]]),
    ['Training', trainingText(estimated.estimate)],
    ...timeRows(estimated, from),
    ['Cost', costText(estimated.estimate)],
    ...hostRows(estimated),
    ...checkpointRows(estimated.estimate),
    [
      'Inference',
      inference &&
        `${formatUsd(inference.usdPerMillionTokens)} for a million tokens${apart(inference)} (${inference.source})`,
    ],
  ];
  const known = rows.map(([label, text]) => [label, cleanLine(text ?? (label === 'Scale' ? '–' : 'unknown'), 300)]);
  return alignColumns(known).map((row) => `  ${row.join('  ')}`);
}

function parametersText({ total, active, trainable }: NonNullable<Estimate['parameters']>): string {
  const parts = [
    ...(active === total ? [] : [`${formatCount(active)} active`]),
    ...(trainable === null || trainable === total ? [] : [`${formatCount(trainable)} trained`]),
  ];
  return [formatCount(total), ...parts].join(', ');
}

function memoryText(estimated: EstimatedRun): string | null {
  const {
    estimate: { memory },
    limit,
  } = estimated;
  if (memory === null) return null;
  const between = range(formatGib(memory.lowBytes), formatGib(memory.highBytes));
  const share = memoryShare(estimated);
  const held =
    share === null || limit === null
      ? ''
      : `  ${drawBar(share)} ${formatShare(share)} of the usable ${formatGib(limit.usableBytes)} (${limit.source})`;
  return `${formatGib(memory.peakBytes)} (${between})${held}`;
}

function trainingText({ compute }: Estimate): string | null {
  const { gpuHoursPerBillionTokens: perBillion = null } = compute ?? {};
  if (compute?.gpuHours == null) {
    return perBillion === null ? null : `${formatGpuHours(perBillion)} for a billion tokens; the total is unknown`;
  }
  const { lowGpuHours, highGpuHours, tokens, mfu } = compute;
  const between =
    lowGpuHours === null || highGpuHours === null
      ? ''
      : ` (${range(formatGpuHours(lowGpuHours), formatGpuHours(highGpuHours))})`;
  const basis = [
    ...(tokens === null ? [] : [`${formatCount(tokens)} tokens`]),
    ...(mfu === null ? [] : [`${formatShare(mfu)} MFU`]),
  ].join(', ');
  return `${formatGpuHours(compute.gpuHours)}${between}, ${basis}`;
}

/** What was asked for otherwise than the config states it. */
function givenRows({ run }: EstimatedRun): [string, string][] {
  const given = Object.entries(run.facts).filter(([, { authority }]) => authority === 'command-line');
  const shown = (value: unknown) => (typeof value === 'number' && value >= 1e6 ? formatCount(value) : String(value));
  const text = given.map(([field, { value }]) => `${field} = ${shown(value)}`).join(', ');
  return given.length === 0 ? [] : [['What if', text]];
}

/** How long it takes on its GPUs, or a billion tokens do where nobody says how many there are; no row without either. */
function timeRows(estimated: EstimatedRun, from: string | null): [string, string][] {
  const { wallClockHours, isPerBillion } = billableFigures(estimated);
  const { gpu, count } = estimated.run.hardware;
  if (wallClockHours === null || count === null) return [];
  const of = isPerBillion ? ' for a billion tokens' : '';
  const on = `${formatWallClock(wallClockHours)}${of} on ${count.toLocaleString('en-US')} × ${gpu?.name ?? 'GPU'}`;
  const dates = from === null ? null : endDates(estimated, from);
  return [
    ['Time', on],
    ...(dates === null
      ? []
      : [
          ['Ends', `${dates.likely} (${range(dates.earliest, dates.latest)}), started on ${dates.start}`] satisfies [
            string,
            string,
          ],
        ]),
  ];
}

/** What a machine's CPU memory is for; no row where nothing of it can be told. */
function hostRows({ estimate: { host = null }, run }: EstimatedRun): [string, string][] {
  if (host === null) return [];
  const { lowBytes, highBytes, machines, gpusEach, parts } = host;
  const each = `each of ${machines} machine${machines === 1 ? '' : 's'} with ${gpusEach} GPU${gpusEach === 1 ? '' : 's'}`;
  const stated = run.hardware.hostMemoryBytes;
  const held = stated === undefined ? '' : `; ${formatGib(stated)} asked for`;
  return [
    [
      'Host memory',
      `${range(formatGib(lowBytes), formatGib(highBytes))} on ${each}: ${parts.map(({ what }) => what).join(', ')}${held}`,
    ],
  ];
}

function checkpointRows({ checkpoint = null }: Estimate): [string, string][] {
  if (checkpoint === null) return [];
  const { bytes, weightsBytes, count, isCountStated } = checkpoint;
  const all =
    count === null
      ? ''
      : `; ${count} of them ${formatGib(bytes * count)}${isCountStated ? '' : ', as often as the plan asks'}`;
  return [['Checkpoint', `${formatGib(bytes)} on disk, the weights alone ${formatGib(weightsBytes)}${all}`]];
}

function costText({ cost }: Estimate): string | null {
  if (cost?.usd == null) return null;
  return `${formatUsd(cost.usd)} at ${formatUsd(cost.usdPerGpuHour)} per GPU-hour (${cost.priceSource})`;
}

function apart({ usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output }: InferenceEstimate): string {
  return input === null || output === null ? '' : `: ${formatUsd(input)} in, ${formatUsd(output)} out`;
}

function memoryLines({ memory }: Estimate, paint: Palette, width: number): string[] {
  if (memory === null) return [];
  const rows = alignColumns(
    memory.items.map(({ label, bytes, formula }) => [cleanLine(label), formatGib(bytes), cleanLine(formula)]),
    [1],
  );
  const reasons = memory.items.map((item) => {
    const text = [printQuantities(item), item.source].filter((part) => part !== '').join('; ');
    return wrap(cleanLine(text, 600), width - 6).map((line) => `      ${paint.faint(line)}`);
  });
  return [
    paint.strong('Memory by part'),
    ...rows.flatMap((row, index) => [`  ${row.join('  ')}`, ...(reasons[index] ?? [])]),
  ];
}

function listLines(title: string, items: readonly string[], paint: Palette, width: number): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item) => {
    const [first = '', ...rest] = wrap(cleanLine(item, 600), width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [paint.strong(title), ...lines];
}
