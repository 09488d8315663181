import type { EstimatedRun } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatGpuHours, formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { htmlText } from '../../escape.ts';
import { memoryByPart } from './memory-parts.ts';

/** One run: whether it fits, its figures, memory by part, and what was assumed. HTML without a script. */
export function runSection(estimated: EstimatedRun): string {
  const { estimate, limit } = estimated;
  const memory = estimate.memory === null ? '' : `<h3>Memory by part</h3>\n${memoryByPart(estimate.memory, limit)}`;
  return [
    verdictLine(estimated),
    figures(estimated),
    memory,
    assumptions(estimated),
    unknown(estimated),
    notRead(estimated),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function verdictLine({ estimate: { memory }, limit }: EstimatedRun): string {
  if (memory === null) return '<p class="verdict">Memory is unknown.</p>';
  const peak = formatGib(memory.peakBytes);
  if (limit === null) return `<p class="verdict">${peak} per GPU. No GPU is named.</p>`;
  const of = `${peak} of ${formatGib(limit.usableBytes)} (${formatShare(memory.peakBytes / limit.usableBytes)})`;
  if (memory.peakBytes > limit.usableBytes) return `<p class="verdict over">Does not fit: ${of}</p>`;
  if (memory.highBytes > limit.usableBytes) {
    return `<p class="verdict may">May not fit: ${of}, up to ${formatGib(memory.highBytes)}</p>`;
  }
  return `<p class="verdict fits">Fits: ${of}</p>`;
}

function figures({ run, estimate: { parameters, memory, compute, cost } }: EstimatedRun): string {
  const gpus = run.hardware.count;
  const hours = compute?.gpuHours ?? null;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Parameters', parameters === null ? null : formatCount(parameters.total)],
    ['Memory per GPU', memory === null ? null : `${formatGib(memory.lowBytes)} to ${formatGib(memory.highBytes)}`],
    ['GPU-hours', hours === null ? null : formatGpuHours(hours)],
    ['Wall-clock time', hours === null || gpus === null ? null : wallClock(hours / gpus)],
    ['Cost', cost?.usd == null ? null : formatUsd(cost.usd)],
    [
      'Speed',
      compute?.tokensPerSecondPerGpu == null ? null : `${formatCount(compute.tokensPerSecondPerGpu)} tokens/s/GPU`,
    ],
  ];
  const cells = rows.map(
    ([name, value]) => `<div><dt>${name}</dt><dd>${value === null ? 'unknown' : htmlText(value)}</dd></div>`,
  );
  return `<dl class="figures">${cells.join('')}</dl>`;
}

function wallClock(hours: number): string {
  return hours < 48 ? `${formatHours(hours)} hours` : `${formatHours(hours / 24)} days`;
}

function assumptions({ estimate }: EstimatedRun): string {
  return list(
    'Assumed',
    estimate.assumptions.map(({ field, value, reason }) => [`${field} = ${value}`, reason] as const),
  );
}

function unknown({ estimate }: EstimatedRun): string {
  return list(
    'Unknown',
    estimate.unknown.map(({ field, reason }) => [field, reason] as const),
  );
}

function notRead({ run }: EstimatedRun): string {
  return list(
    'Not read',
    run.notRead.map(({ key, place }) => [key, `line ${place.line} of ${place.path}`] as const),
  );
}

function list(title: string, lines: readonly (readonly [string, string])[]): string {
  if (lines.length === 0) return '';
  const items = lines.map(([what, why]) => `<li><code>${htmlText(what)}</code>: ${htmlText(why, 600)}</li>`);
  return `<details><summary>${title} (${lines.length})</summary><ul class="plain">${items.join('')}</ul></details>`;
}
