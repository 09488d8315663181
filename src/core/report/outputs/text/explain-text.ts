import type { ComputeEstimate, Estimate, MemoryEstimate } from '../../../estimate/estimate.ts';
import type { LineItem } from '../../../estimate/line-item.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import { printPlace } from '../../../problem.ts';
import type { Fact } from '../../../run/facts.ts';
import { runFields, type RunField } from '../../../run/fields.ts';
import type { TrainingRun } from '../../../run/training-run.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatFlops } from '../../../units/flops.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { cleanLine } from '../../escape.ts';
import { range } from '../../figures.ts';
import { printQuantity, withNumbers } from '../../quantities.ts';
import { alignColumns, wrap } from './table.ts';
import { palette, type Palette, type TextOptions } from './terminal.ts';

/**
 * How the figures of one run come about: each part of its memory with the numbers put into its formula, its time and
 * cost step by step, what widens the range most, and each value with the chain of those who state it.
 */
export function renderExplanation({ run, estimate }: EstimatedRun, { colour, width }: TextOptions): string {
  const paint = palette(colour);
  const { memory, compute } = estimate;
  const blocks = [
    [`${paint.strong(cleanLine(run.path))}  ${paint.faint(cleanLine(`${run.name} (${run.dialect})`))}`],
    memory === null ? [] : memoryLines(memory, paint, width),
    memory === null ? [] : unknownLines(memory, paint, width),
    compute === null ? [] : timeLines(compute, estimate, run, paint),
    valueLines(run, estimate, paint, width),
    listed(
      'Cannot be known',
      estimate.unknown.map(({ field, reason }) => `${field}: ${reason}`),
      paint,
      width,
    ),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function memoryLines(memory: MemoryEstimate, paint: Palette, width: number): string[] {
  return [
    paint.strong('Memory of the fullest GPU at its peak'),
    ...memory.items.flatMap((item) => itemLines(item, paint, width)),
    `  ${paint.strong('Peak')}  ${memory.items.map(({ bytes }) => formatGib(bytes)).join(' + ')} = ${formatGib(memory.peakBytes)}`,
    `  Range ${range(formatGib(memory.lowBytes), formatGib(memory.highBytes))}; ` +
      `allocated by PyTorch ${formatGib(memory.allocatedBytes)}, reserved ${formatGib(memory.reservedBytes)}`,
  ];
}

function itemLines(item: LineItem, paint: Palette, width: number): string[] {
  const indented = (text: string): string[] => wrap(cleanLine(text, 600), width - 6).map((line) => `      ${line}`);
  return [
    `  ${paint.strong(cleanLine(item.label))}  ${cleanLine(item.formula)}`,
    ...indented(`= ${withNumbers(item)}`),
    ...indented(`= ${printQuantity(item.bytes)} bytes = ${formatGib(item.bytes)}`),
    ...indented(item.source).map((line) => paint.faint(line)),
  ];
}

/** More than these hardly move the range. */
const mostUnknowns = 5;

function unknownLines({ widenedBy }: MemoryEstimate, paint: Palette, width: number): string[] {
  const items = widenedBy
    .slice(0, mostUnknowns)
    .map(
      ({ field, lowBytes, highBytes, reason }) =>
        `${field}: ${range(formatGib(lowBytes), formatGib(highBytes))}, ${reason}`,
    );
  return listed('What widens the range most, each alone', items, paint, width);
}

function timeLines(compute: ComputeEstimate, { cost }: Estimate, run: TrainingRun, paint: Palette): string[] {
  const {
    tokens,
    flopsPerToken,
    mfu,
    tokensPerSecondPerGpu: speed,
    gpuHours,
    steadyGpuHours,
    overheadGpuHours,
  } = compute;
  const lines = [`FLOPs per token: ${formatFlops(flopsPerToken)}, forward and backward`];
  if (mfu !== null) lines.push(`Utilization: ${formatShare(mfu)} of the dense peak; ${compute.mfuSource}`);
  if (speed !== null && mfu !== null) {
    const peak = (speed * flopsPerToken) / mfu;
    const gpu = run.hardware.gpu?.name ?? 'the GPU';
    lines.push(
      `Tokens per second and GPU: ${formatFlops(peak)}/s (${gpu}) × ${formatShare(mfu)} ÷ ${formatFlops(flopsPerToken)} = ${printQuantity(speed)}`,
    );
  }
  if (speed !== null && tokens !== null && gpuHours !== null && steadyGpuHours !== null && overheadGpuHours !== null) {
    lines.push(
      `Steady GPU-hours: ${formatCount(tokens)} tokens ÷ ${printQuantity(speed)} ÷ 3600 = ${formatGpuHours(steadyGpuHours)}`,
      `GPU-hours: ${formatGpuHours(steadyGpuHours)} + ${formatGpuHours(overheadGpuHours)} for evaluation, checkpoints and restarts = ${formatGpuHours(gpuHours)}`,
    );
  }
  if (cost?.usd != null && gpuHours !== null) {
    const price = `${formatUsd(cost.usdPerGpuHour)} (${cost.priceSource})`;
    lines.push(`Cost: ${formatGpuHours(gpuHours)} × ${price} = ${formatUsd(cost.usd)}`);
  }
  return [paint.strong('Time and cost'), ...lines.map((line) => `  ${cleanLine(line, 400)}`)];
}

/** Every value that some source states, in the order of the fields, then what nobody states and was assumed. */
function valueLines({ facts }: TrainingRun, { assumptions }: Estimate, paint: Palette, width: number): string[] {
  const fields = (Object.keys(runFields) as RunField[]).filter((field) => facts[field] !== undefined);
  const stated = fields.map((field) => {
    const fact: Fact<unknown> | undefined = facts[field];
    return [field, fact === undefined ? '' : chainOf(fact)];
  });
  const assumed = assumptions
    .filter(({ field }) => !fields.some((stated) => stated === field))
    .map(({ field, value, reason }) => [field, `${value} ← assumed: ${reason}`]);
  const rows = alignColumns([...stated, ...assumed].map((row) => row.map((cell) => cleanLine(cell, 400))));
  const indent = Math.min(40, (rows[0]?.[0]?.length ?? 0) + 4);
  const lines = rows.flatMap(([field = '', text = '']) => {
    const [first = '', ...rest] = wrap(text, Math.max(40, width - indent));
    return [`  ${field}  ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
  return rows.length === 0 ? [] : [paint.strong('Values, and who states them'), ...lines];
}

/** `32 ← config configs/xl.yaml:12:3, replaces 8 of the plan docs/plan.md:5:1`. */
function chainOf(fact: Fact<unknown>): string {
  const replaced = fact.replaces === undefined ? '' : `, replaces ${chainOf(fact.replaces)}`;
  const place = fact.place === null ? '' : ` ${printPlace(fact.place)}`;
  const source = fact.reason === undefined ? `${fact.authority}${place}` : `assumed: ${fact.reason}`;
  return `${shown(fact.value)} ← ${source}${replaced}`;
}

function shown(value: unknown): string {
  return cleanLine(typeof value === 'string' ? value : JSON.stringify(value), 100);
}

function listed(title: string, items: readonly string[], paint: Palette, width: number): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item) => {
    const [first = '', ...rest] = wrap(cleanLine(item, 600), width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [paint.strong(title), ...lines];
}
