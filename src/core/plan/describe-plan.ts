import { printPlace } from '../problem.ts';
import type { GpuSpec } from '../run/hardware.ts';
import { formatGib } from '../units/bytes.ts';
import { formatCount } from '../units/count.ts';
import { formatGpuHours, formatHours } from '../units/duration.ts';
import { formatMoney, formatUsd } from '../units/money.ts';
import { formatShare } from '../units/share.ts';
import { rowPrice } from './plan-price.ts';
import type { Figure, Plan, PlanRow, Validation } from './plan.ts';
import { sequenceLengthOf, shareOfPeak } from './share-of-peak.ts';

/** A plan as a table of text and a list of sentences, ready for a terminal. */
export interface PlanDescription {
  readonly columns: readonly string[];
  /** Scales, smallest first, then stages; each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** What the plan assumes and recommends, a line each. */
  readonly facts: readonly string[];
}

/** What scalegate read in a plan, with what follows from it: tokens, the price of a GPU-hour, the share of peak. */
export function describePlan(plan: Plan, gpu: GpuSpec | null): PlanDescription {
  const rows = [...plan.scales, ...plan.stages];
  const isSaid = ([head, cell]: DescribedColumn): boolean =>
    head === 'Validated' || rows.some((row) => cell(row) !== null);
  const columns = columnsOf(plan, gpu).filter(isSaid);
  return {
    columns: columns.map(([head]) => head),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row) ?? '—')),
    facts: [...factsOf(plan), ...totalsOf(plan), ...recommendationsOf(plan), ...rows.flatMap(remarksOn)],
  };
}

type DescribedColumn = readonly [head: string, cell: (row: PlanRow) => string | null];

function columnsOf(plan: Plan, gpu: GpuSpec | null): readonly DescribedColumn[] {
  const sequenceLength = sequenceLengthOf(plan);
  const tokensOf = ({ tokens, samples }: PlanRow): string | null => {
    if (tokens !== null) return print(tokens, formatCount);
    return sequenceLength === null ? null : print(samples, (n) => formatCount(n * sequenceLength));
  };
  return [
    [plan.stages.length === 0 ? 'Scale' : 'Row', ({ name }) => name],
    ['Parameters', ({ parameters }) => print(parameters, formatCount)],
    ['Samples', ({ samples }) => print(samples, formatCount)],
    ['Steps', ({ steps }) => print(steps, formatCount)],
    ['Tokens', tokensOf],
    [
      'GPUs',
      (row) => (row.gpuCount === null ? null : `${print(row.gpuCount, formatCount) ?? ''} × ${row.gpu ?? 'GPU'}`),
    ],
    ['Wall-clock', ({ wallClockHours }) => print(wallClockHours, (hours) => `${formatHours(hours)} h`)],
    ['GPU-hours', ({ gpuHours }) => print(gpuHours, formatHours)],
    ['Share of peak', (row) => print(shareOfPeak(plan, row, gpu)?.share, formatShare)],
    ['Model memory', ({ modelMemoryBytes }) => print(modelMemoryBytes, formatGib)],
    ['Activation memory', ({ activationMemoryBytes }) => print(activationMemoryBytes, formatGib)],
    ['Memory per GPU', ({ memoryBytes }) => print(memoryBytes, formatGib)],
    ['Data', ({ dataHours }) => print(dataHours, (hours) => `${formatHours(hours)} h`)],
    ['Cost', ({ cost }) => print(cost, (amount) => formatMoney(amount, cost?.currency ?? 'USD'))],
    ['$/GPU-h', (row) => print(rowPrice(row), formatUsd)],
    ['Inference $/1M tokens', ({ usdPerMillionTokens }) => print(usdPerMillionTokens, formatUsd)],
    ['Validated', ({ validation }) => (validation === null ? 'no' : describeValidation(validation))],
  ];
}

/** Both ends of a range; `≤` and `+` where one is open. */
function print(figure: Figure | number | null | undefined, format: (value: number) => string): string | null {
  if (figure == null) return null;
  if (typeof figure === 'number') return format(figure);
  const { value, low, isOpen } = figure;
  if (isOpen === true) return `${format(value)}+`;
  if (low === undefined) return format(value);
  return low === null ? `≤ ${format(value)}` : `${format(low)}–${format(value)}`;
}

function totalsOf({ total }: Plan): string[] {
  if (total === null) return [];
  const figures = [
    print(total.gpuHours, formatGpuHours),
    print(total.cost, (amount) => formatMoney(amount, total.cost?.currency ?? 'USD')),
  ];
  return [
    `all rows together: ${figures.filter((text) => text !== null).join(', ')} at most (${printPlace(total.place)})`,
  ];
}

function remarksOn({ name, notes, isOptional, alternatives }: PlanRow): string[] {
  const ways = alternatives.map(({ gpu, gpuHours }) => `${print(gpuHours, formatHours) ?? ''} GPU-hours on ${gpu}`);
  return [
    ...(ways.length === 0 ? [] : [`${name}: ${ways.join(', or ')}`]),
    ...(isOptional ? [`${name} is optional: the total does not count it`] : []),
    ...(notes === null ? [] : [`${name}: ${notes}`]),
  ];
}

function describeValidation({ date, link }: Validation): string {
  return date === null ? link : `${date} ${link}`;
}

function factsOf({ facts, baseline }: Plan): string[] {
  const describe = (what: string, stated: Plan['facts']) =>
    Object.entries(stated).map(([field, { value, place }]) => {
      const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return `${what}: ${field} = ${shown}${place === null ? '' : ` (${printPlace(place)})`}`;
    });
  return [...describe('assumed', facts), ...describe('baseline', baseline)];
}

function recommendationsOf({ recommendations }: Plan): string[] {
  const { growthFactor, checkpointShare, monitor, augmentationFactor } = recommendations;
  const at = ({ text, place }: Figure) => `"${text}" (${printPlace(place)})`;
  return [
    ...(growthFactor === null ? [] : [`grow by ×${growthFactor.value} at most: ${at(growthFactor)}`]),
    ...(checkpointShare === null
      ? []
      : [`checkpoint every ${formatShare(checkpointShare.value)}: ${at(checkpointShare)}`]),
    ...(monitor === null ? [] : [`log ${monitor.join(', ')}`]),
    ...(augmentationFactor === null
      ? []
      : [`augmentation divides the data needed by ${augmentationFactor.value}: ${at(augmentationFactor)}`]),
  ];
}
