import type { Estimate } from '../../../estimate/estimate.ts';
import type { LineItem } from '../../../estimate/line-item.ts';
import type { Figure, Scale } from '../../../plan/plan.ts';
import type { EstimatedRun, RunPair } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { calibrationText } from '../../calibration-words.ts';
import { htmlText, inlineCode, plainText } from '../../escape.ts';
import { arrow, range } from '../../figures.ts';
import { printQuantities } from '../../quantities.ts';

/** One config folded away: all its figures beside the plan's, memory by part, assumptions, unknowns. */
export function breakdown(pair: RunPair): string {
  const shown = pair.head ?? pair.base;
  if (shown === null) return '';
  return [
    `<details>\n<summary>How the numbers come about: <code>${htmlText(pair.path)}</code></summary>\n`,
    figureTable(pair),
    memoryTable(pair.base?.estimate ?? null, pair.head?.estimate ?? null),
    list(
      'Assumed',
      shown.estimate.assumptions,
      ({ field, value, reason }) => `${inlineCode(field)} = ${inlineCode(value)}: ${plainText(reason)}`,
    ),
    list('Unknown', shown.estimate.unknown, ({ field, reason }) => `${inlineCode(field)}: ${plainText(reason)}`),
    '</details>\n\n',
  ]
    .filter((part) => part !== null)
    .join('\n');
}

/** A figure of the estimate, and the plan's own for it. */
interface FigureRow {
  readonly label: string;
  readonly print: (run: EstimatedRun) => string | null;
  readonly planned?: (scale: Scale) => Figure | null;
}

const rows: readonly FigureRow[] = [
  {
    label: 'Parameters',
    print: ({ estimate: { parameters } }) => parameters && formatCount(parameters.total),
    planned: ({ parameters }) => parameters,
  },
  { label: '… active per token', print: ({ estimate }) => unlessTotal(estimate, 'active') },
  { label: '… trained', print: ({ estimate }) => unlessTotal(estimate, 'trainable') },
  {
    label: 'Memory per GPU, peak',
    print: ({ estimate: { memory } }) => memory && formatGib(memory.peakBytes),
    planned: ({ memoryBytes }) => memoryBytes,
  },
  {
    label: '… range',
    print: ({ estimate: { memory } }) => memory && range(formatGib(memory.lowBytes), formatGib(memory.highBytes)),
  },
  { label: '… reserved by PyTorch', print: ({ estimate: { memory } }) => memory && formatGib(memory.reservedBytes) },
  { label: '… allocated by PyTorch', print: ({ estimate: { memory } }) => memory && formatGib(memory.allocatedBytes) },
  {
    label: 'Limit',
    print: ({ limit }) => limit && `${formatGib(limit.usableBytes)} of ${formatGib(limit.limitBytes)}`,
  },
  { label: 'Tokens', print: ({ estimate: { compute } }) => known(compute?.tokens, formatCount) },
  {
    label: 'GPU-hours',
    print: ({ estimate: { compute } }) => known(compute?.gpuHours, formatHours),
    planned: ({ gpuHours }) => gpuHours,
  },
  {
    label: '… range',
    print: ({ estimate: { compute } }) =>
      compute?.lowGpuHours == null || compute.highGpuHours === null
        ? null
        : range(formatHours(compute.lowGpuHours), formatHours(compute.highGpuHours)),
  },
  { label: 'Model FLOPs utilization', print: ({ estimate: { compute } }) => known(compute?.mfu, formatShare) },
  {
    label: 'Cost',
    print: ({ estimate: { cost } }) => known(cost?.usd, formatUsd),
    planned: ({ costUsd }) => costUsd,
  },
  { label: '… per GPU-hour', print: ({ estimate: { cost } }) => cost && formatUsd(cost.usdPerGpuHour) },
  {
    label: 'Inference, 1M tokens',
    print: ({ estimate: { inference } }) => inference && formatUsd(inference.usdPerMillionTokens),
    planned: ({ usdPerMillionTokens }) => usdPerMillionTokens,
  },
];

function figureTable({ base, head }: RunPair): string {
  const match = (head ?? base)?.scale ?? null;
  const scale = match?.kind === 'scale' ? match.scale : null;
  const heads = [
    '',
    ...(base ? ['Base'] : []),
    ...(head ? ['Head'] : []),
    ...(scale ? [`Plan: ${plainText(scale.name)}`] : []),
  ];
  const lines = rows.flatMap(({ label, print, planned }) => {
    const sides = [base, head].filter((run) => run !== null).map(print);
    const plan = scale === null ? [] : [planned?.(scale)?.text ?? null];
    return sides.concat(plan).every((text) => text === null)
      ? []
      : [tableRow([label, ...[...sides, ...plan].map((text) => (text === null ? '–' : plainText(text)))])];
  });
  const calibration = (head ?? base)?.calibration ?? null;
  const own = calibration === null ? '' : `\nBy your own runs: ${plainText(calibrationText(calibration))}.\n`;
  const price = (head ?? base)?.estimate.cost?.priceSource;
  const source = price === undefined ? '' : `\nPrice: ${plainText(price)}.\n`;
  return `${tableRow(heads)}${tableRow([':--', ...heads.slice(1).map(() => '--:')])}${lines.join('')}${own}${source}`;
}

function memoryTable(base: Estimate | null, head: Estimate | null): string | null {
  const before = base?.memory?.items ?? [];
  const after = head?.memory?.items ?? [];
  const gone = before.filter(({ id }) => !after.some((item) => item.id === id));
  const items = [...after, ...(head === null ? before : gone)];
  if (items.length === 0) return null;
  const lines = items.map((item) =>
    tableRow([plainText(item.label), itemChange(item.id, before, after), formulaCell(item)]),
  );
  return `${tableRow(['Memory by part', 'Size', 'Formula'])}${tableRow([':--', '--:', ':--'])}${lines.join('')}`;
}

function itemChange(id: string, before: readonly LineItem[], after: readonly LineItem[]): string {
  const size = (items: readonly LineItem[]) => known(items.find((item) => item.id === id)?.bytes, formatGib);
  const [base, head] = [size(before), size(after)];
  if (head === null) return `${base ?? ''} → –`;
  return base === null || base === head ? head : arrow(base, head);
}

function formulaCell(item: LineItem): string {
  const quantities = printQuantities(item);
  return [
    inlineCode(item.formula),
    quantities === '' ? null : plainText(quantities),
    `<sub>${plainText(item.source)}</sub>`,
  ]
    .filter((line) => line !== null)
    .join('<br>');
}

function list<Item>(title: string, items: readonly Item[], print: (item: Item) => string): string | null {
  return items.length === 0 ? null : `${title}:\n\n${items.map((item) => `- ${print(item)}\n`).join('')}`;
}

function unlessTotal({ parameters }: Estimate, part: 'active' | 'trainable'): string | null {
  const count = parameters?.[part] ?? null;
  return count === null || count === parameters?.total ? null : formatCount(count);
}

function known(value: number | null | undefined, print: (value: number) => string): string | null {
  return value == null ? null : print(value);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
