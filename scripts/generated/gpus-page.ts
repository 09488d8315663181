import type { Gpu, GpuSheet } from '../../src/core/catalog/gpu-sheet.ts';
import { gpus } from '../../src/core/catalog/gpus/index.ts';
import { listPrice } from '../../src/core/catalog/price.ts';
import { priceLists } from '../../src/core/catalog/prices/index.ts';
import { formatUsd } from '../../src/core/units/money.ts';
import { generatedFrom } from './generated-from.ts';
import { table } from './table.ts';

/** The GPUs of the catalog with their figures, prices and sources. */
export function gpusPage(): string {
  return `${generatedFrom('src/core/catalog')}
# GPUs

The GPUs that scalegate knows, under any of their usual names: \`A100-80GB\`, \`NVIDIA A100 80GB\`, \`p4de.24xlarge\`.
A name that leaves the card open (\`A100\`) is taken as the usual card, and the report says so.
For a GPU that is not here, state \`hardware.memory_gib\`: memory is then estimated, time and cost are not.

## Memory and speed

Memory is what the vendor calls it, in GiB: the "80 GB" of an A100 are 80 GiB.
Usable is what a process can allocate of it, as \`torch.cuda\` reports; a peak is held against this figure.
Where it is not known, the whole memory counts as usable.
Peaks are dense (no sparsity), in TFLOP/s.
A figure marked \\* was recalled and not read again.

${table(['GPU', 'Memory', 'Usable', 'fp32', 'TF32', 'bf16', 'fp16', 'fp8', 'Bandwidth, GB/s', 'GPUs a node'], gpus.map(figuresOf))}

## List prices

The median on-demand price over the providers that offer the GPU, and the lowest and the highest of them, in US dollars for one GPU and hour.
It is the last resort: a price that the policy states comes first, then the plan's own or the one that follows from its row.
Prices of one GPU differ by a factor of four and more, so state yours.

${table(
  ['GPU', 'Median', 'Band', 'Date', 'Providers'],
  gpus.map(priceOf).filter((row) => row !== null),
)}

No price is known of ${gpus
    .filter(({ name }) => listPrice(name) === null)
    .map(({ name }) => name)
    .join(', ')}.

Read from:

${priceLists.map(({ provider, date, source }) => `- ${provider}, ${date}: ${source}`).join('\n')}

## Names and sources

${gpus.map(({ sheet }) => sourcesOf(sheet)).join('\n')}`;
}

function figuresOf({ name, sheet }: Gpu): string[] {
  const { memoryGib, usableGib, peakTflops: peak, gigabytesPerSecond, gpusPerNode, recalled } = sheet;
  const mark = (isRecalled: boolean) => (isRecalled ? '\\*' : '');
  return [
    name,
    `${memoryGib} GiB`,
    usableGib === null ? '–' : `${Number(usableGib.toFixed(2))} GiB${mark(recalled.includes('usable memory'))}`,
    ...[peak.fp32, peak.tf32, peak.bf16, peak.fp16, peak.fp8].map((tflops) => tflops?.toLocaleString('en-US') ?? '–'),
    `${gigabytesPerSecond.toLocaleString('en-US')}${mark(recalled.includes('bandwidth'))}`,
    `${gpusPerNode}`,
  ];
}

function priceOf({ name }: Gpu): string[] | null {
  const price = listPrice(name);
  if (price === null) return null;
  const { usdPerGpuHour, low, high, date, source } = price;
  const band = low === high ? '–' : `${formatUsd(low)} to ${formatUsd(high)}`;
  return [name, formatUsd(usdPerGpuHour), band, date, providersIn(source)];
}

/** `10 providers` of "median on-demand list price of 10 providers, 2026-07". */
function providersIn(source: string): string {
  return / of (.+), [^,]+$/.exec(source)?.[1] ?? source;
}

function sourcesOf({
  name,
  aliases,
  cloudNames,
  vendor,
  architecture,
  interconnect,
  recalled,
  sources,
  notes,
}: GpuSheet): string {
  const speed = interconnect.gigabytesPerSecond;
  const link = speed === null ? interconnect.kind : `${interconnect.kind}, ${speed} GB/s`;
  const names = [...aliases, ...cloudNames].map((alias) => `\`${alias}\``);
  const lines = [
    `${vendor} ${architecture}; ${link}.`,
    ...(names.length === 0 ? [] : [`Also ${names.join(', ')}.`]),
    ...(notes === null ? [] : [notes]),
    ...(recalled.length === 0 ? [] : [`Recalled, not read again: ${recalled.join(', ')}.`]),
    `Sources: ${sources.join('; ')}.`,
  ];
  return `### ${name}\n\n${lines.join('\n')}\n`;
}
