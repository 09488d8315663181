import type { Estimate } from '../../../estimate/estimate.ts';
import type { LineItem } from '../../../estimate/line-item.ts';
import type { RunPair } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { calibrationText } from '../../calibration-words.ts';
import { htmlText, inlineCode, plainText } from '../../escape.ts';
import { range } from '../../figures.ts';

/** One config folded away: where the memory is, how sure the figures are, what was assumed, what is unknown. */
export function breakdown(pair: RunPair): string {
  const shown = pair.head ?? pair.base;
  if (shown === null) return '';
  const parts = [
    memoryTable(pair.base?.estimate ?? null, pair.head?.estimate ?? null),
    certainty(shown),
    list('Assumed', shown.estimate.assumptions, ({ field, value, reason }) => {
      return `${inlineCode(field)} = ${inlineCode(value)}: ${plainText(reason)}`;
    }),
    list('Unknown', shown.estimate.unknown, ({ field, reason }) => `${inlineCode(field)}: ${plainText(reason)}`),
    list('Not read', shown.run.notRead, ({ key, place: { path, line } }) => {
      return `${inlineCode(key)} in ${inlineCode(`${path}:${line}`)}`;
    }),
  ].filter((part) => part !== null);
  if (parts.length === 0) return '';
  const { memory, assumptions } = shown.estimate;
  const peak = memory === null ? '' : `Where the ${formatGib(memory.peakBytes)} are, `;
  const assumed = `${assumptions.length} assumed`;
  const summary = `${peak}${assumed}: <code>${htmlText(pair.path)}</code>`;
  return `<details>\n<summary>${summary}</summary>\n\n${parts.join('\n')}\n</details>\n\n`;
}

/** Ranges, throughput and price: what the figures are worth. */
function certainty({ estimate, limit, calibration }: NonNullable<RunPair['head']>): string | null {
  const { memory, compute, cost } = estimate;
  const lines = [
    memory &&
      `Memory: ${range(formatGib(memory.lowBytes), formatGib(memory.highBytes))}; PyTorch allocates ${formatGib(memory.allocatedBytes)} of it and reserves ${formatGib(memory.reservedBytes)}.`,
    limit &&
      `Limit: ${formatGib(limit.usableBytes)} usable of ${formatGib(limit.limitBytes)} (${plainText(limit.source)}).`,
    compute?.lowGpuHours == null || compute.highGpuHours === null
      ? null
      : `GPU-hours: ${range(formatHours(compute.lowGpuHours), formatHours(compute.highGpuHours))}${compute.mfu === null ? '' : ` at ${formatShare(compute.mfu)} of the GPU's peak`}.`,
    cost && `Price: ${plainText(formatUsd(cost.usdPerGpuHour))} per GPU-hour (${plainText(cost.priceSource)}).`,
    calibration && `By your own runs: ${plainText(calibrationText(calibration))}.`,
  ].filter((line) => line !== null);
  return lines.length === 0 ? null : lines.map((line) => `- ${line}\n`).join('');
}

function memoryTable(base: Estimate | null, head: Estimate | null): string | null {
  const before = base?.memory?.items ?? [];
  const after = head?.memory?.items ?? [];
  const gone = before.filter(({ id }) => !after.some((item) => item.id === id));
  const items = [...after, ...gone];
  if (items.length === 0) return null;
  const sides = [...(base ? [before] : []), ...(head ? [after] : [])];
  const heads = ['Memory by part', ...(base ? ['Base'] : []), ...(head ? ['Head'] : [])];
  const rows = items.map((item) => [plainText(item.label), ...sides.map((side) => sizeOf(side, item.id))]);
  const lines = [heads, [':--', ...sides.map(() => '--:')], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function sizeOf(items: readonly LineItem[], id: string): string {
  const item = items.find((each) => each.id === id);
  return item === undefined ? '–' : formatGib(item.bytes);
}

function list<Item>(title: string, items: readonly Item[], print: (item: Item) => string): string | null {
  return items.length === 0 ? null : `${title}:\n\n${items.map((item) => `- ${print(item)}\n`).join('')}`;
}
