import { printPlace } from '../problem.ts';
import type { GpuSpec } from '../run/training-run.ts';
import { formatGib } from '../units/bytes.ts';
import { formatCount } from '../units/count.ts';
import { formatHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';
import { formatShare } from '../units/share.ts';
import { planPrice } from './plan-price.ts';
import type { Figure, Plan, Scale, Validation } from './plan.ts';
import { sequenceLengthOf, shareOfPeak } from './share-of-peak.ts';

/** A plan as a table of text and a list of sentences, ready for a terminal. */
export interface PlanDescription {
  readonly columns: readonly string[];
  /** One a scale, smallest first; each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** What the plan assumes and recommends, a line each. */
  readonly facts: readonly string[];
}

/** What scalegate read in a plan, with what follows from it: tokens, the price of a GPU-hour, the share of peak. */
export function describePlan(plan: Plan, gpu: GpuSpec | null): PlanDescription {
  const columns = columnsOf(plan, gpu);
  return {
    columns: columns.map(([head]) => head),
    rows: plan.scales.map((scale) => columns.map(([, cell]) => cell(scale) ?? '—')),
    facts: [...factsOf(plan), ...recommendationsOf(plan)],
  };
}

type DescribedColumn = readonly [head: string, cell: (scale: Scale) => string | null];

function columnsOf(plan: Plan, gpu: GpuSpec | null): readonly DescribedColumn[] {
  const sequenceLength = sequenceLengthOf(plan);
  return [
    ['Scale', ({ name }) => name],
    ['Parameters', ({ parameters }) => formatCount(parameters.value)],
    ['Samples', ({ samples }) => print(samples, formatCount)],
    [
      'Tokens',
      ({ samples }) => (sequenceLength === null ? null : print(samples, (n) => formatCount(n * sequenceLength))),
    ],
    ['GPU-hours', ({ gpuHours }) => print(gpuHours, formatHours)],
    ['Share of peak', (scale) => print(shareOfPeak(plan, scale, gpu)?.share, formatShare)],
    ['Memory per GPU', ({ memoryBytes }) => print(memoryBytes, formatGib)],
    ['Data', ({ dataHours }) => print(dataHours, (hours) => `${formatHours(hours)} h`)],
    ['Cost', ({ costUsd }) => print(costUsd, formatUsd)],
    ['$/GPU-h', (scale) => print(planPrice(scale)?.usdPerGpuHour, formatUsd)],
    ['Inference $/1M tokens', ({ usdPerMillionTokens }) => print(usdPerMillionTokens, formatUsd)],
    ['Validated', ({ validation }) => (validation === null ? 'no' : describeValidation(validation))],
  ];
}

function print(figure: Figure | number | null | undefined, format: (value: number) => string): string | null {
  if (figure == null) return null;
  return format(typeof figure === 'number' ? figure : figure.value);
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
