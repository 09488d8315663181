import { figuresOf } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatCount } from '../units/count.ts';
import { formatGpuHours, formatHours, formatWallClock } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';
import { formatShare } from '../units/share.ts';
import type { Ladder, LadderStep } from './ladder.ts';
import { sumOfSteps, type StepsSum } from './sum-of-steps.ts';

/** A ladder as sentences and a table of text, ready for a terminal. */
export interface LadderDescription {
  readonly summary: string;
  readonly columns: readonly string[];
  /** A row a step, then the sum and the jump alone; each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  readonly remarks: readonly string[];
}

export function describeLadder(ladder: Ladder): LadderDescription {
  const { steps } = ladder;
  const sumRow = (label: string, figures: StepsSum) => [
    label,
    ...columns.slice(1, -3).map(() => ''),
    ...timeAndCost(figures),
  ];
  return {
    summary: summaryOf(ladder),
    columns,
    rows: [
      ...steps.map((step, index) => rowOf(step, index + 1)),
      sumRow('Sum', sumOfSteps(ladder)),
      sumRow('Jump', figuresOf(ladder.wanted)),
    ],
    remarks: remarksOn(ladder),
  };
}

const columns = [
  'Step',
  'Scale',
  'Parameters',
  'Growth',
  'Width',
  'Layers',
  'Heads',
  'Tokens',
  'Memory per GPU',
  'GPU-hours',
  'Time',
  'Cost',
] as const;

function rowOf(step: LadderStep, number: number): string[] {
  const { run, estimate, scale, growth, fits } = step;
  const { model, parameters, training } = run;
  const heads = model.numAttentionHeads;
  const memory = print(estimate.memory?.peakBytes, formatGib);
  return [
    String(number),
    scale?.kind === 'scale' ? scale.scale.name : 'beyond',
    formatCount(parameters.total),
    print(growth, (factor) => `×${times(factor)}`),
    String(model.hiddenSize),
    String(model.numLayers),
    model.numKeyValueHeads === heads ? String(heads) : `${heads}/${model.numKeyValueHeads}`,
    print(training.tokens, formatCount),
    fits === false ? `${memory}, too much` : memory,
    ...timeAndCost(figuresOf(step)),
  ];
}

function timeAndCost(figures: StepsSum): string[] {
  return [
    print(figures.gpuHours, formatHours),
    print(figures.wallClockHours, formatWallClock),
    print(figures.costUsd, formatUsd),
  ];
}

function print<Value>(value: Value | null | undefined, format: (value: Value) => string): string {
  return value == null ? '—' : format(value);
}

function summaryOf({ from, wanted, largestStep, steps }: Ladder): string {
  const { validation, name, parameters } = from;
  const what = validation === null ? "the plan's smallest scale" : 'the largest validated scale';
  const size = formatCount(steps.at(-1)?.run.parameters.total ?? 0);
  const first = validation === null ? ` No finished run is recorded, so ${name} is the first step.` : '';
  return (
    `From ${name} (${parameters.text}), ${what}, to ${wanted.run.path} (${size}) in steps of ×${largestStep.factor} ` +
    `at most (${largestStep.source}).${first}`
  );
}

function remarksOn(ladder: Ladder): string[] {
  const { wanted, tokensPerParameter } = ladder;
  return [
    tokensPerParameter === null
      ? `Nothing says how long ${wanted.run.path} trains: state training.tokens, and each step has tokens, time and cost.`
      : `Each step trains ${formatCount(tokensPerParameter)} tokens a parameter, with the settings and on the GPUs of ${wanted.run.path}.`,
    ...hardwareOf(wanted),
    ...added(ladder),
    ...growthOfHours(ladder),
    ...shortSteps(ladder),
  ];
}

function hardwareOf({ run: { hardware }, estimate: { cost } }: EstimatedRun): string[] {
  const { gpu, count } = hardware;
  const gpus = count === null ? null : `Time is on ${count.toLocaleString('en-US')} × ${gpu?.name ?? 'GPU'}`;
  const price = cost === null ? null : `a GPU-hour costs ${formatUsd(cost.usdPerGpuHour)} (${cost.priceSource})`;
  if (gpus === null)
    return [`The number of GPUs is unknown: state hardware.count${price === null ? '.' : `; ${price}.`}`];
  return [`${gpus}${price === null ? ', whose price is unknown.' : `; ${price}.`}`];
}

/** What the way up takes beyond the jump. */
function added(ladder: Ladder): string[] {
  const [sum, jump] = [sumOfSteps(ladder), figuresOf(ladder.wanted)];
  if (sum.gpuHours === null || jump.gpuHours === null || ladder.steps.length === 1) return [];
  const hours = sum.gpuHours - jump.gpuHours;
  const usd = sum.costUsd === null || jump.costUsd === null ? '' : ` and ${formatUsd(sum.costUsd - jump.costUsd)}`;
  return [
    `The steps before the last add ${formatShare(hours / jump.gpuHours)} to the jump: ${formatGpuHours(hours)}${usd}.`,
  ];
}

/** Hours grow with the product of parameters and tokens; the rule asks about each of what grows. */
function growthOfHours({ steps, largestStep }: Ladder): string[] {
  const hours = steps.map((step) => figuresOf(step).gpuHours);
  const growths = hours.slice(1).flatMap((after, index) => {
    const before = hours[index];
    return after === null || before == null ? [] : [after / before];
  });
  const most = Math.max(...growths);
  if (most <= largestStep.factor) return [];
  return [`GPU-hours grow with parameters × tokens, by up to ×${times(most)} a step, which scale-jump counts as well.`];
}

/** Llama's schedule warms up for so many (arXiv 2302.13971 §2.2): a run of fewer steps shows little of how it trains. */
const fewestOptimizerSteps = 2000;

function shortSteps({ steps }: Ladder): string[] {
  const short = steps.filter(({ run: { training } }) => (training.steps ?? Infinity) < fewestOptimizerSteps);
  const batch = short[0]?.run.training.globalBatchSize ?? null;
  if (batch === null) return [];
  const which = short.length === 1 ? 'Step 1 trains' : `Steps 1 to ${short.length} train`;
  return [
    `${which} for fewer than ${fewestOptimizerSteps.toLocaleString('en-US')} optimizer steps at the global batch of ${batch.toLocaleString('en-US')}: a smaller one suits them.`,
  ];
}

function times(factor: number): string {
  return factor.toLocaleString('en-US', { maximumFractionDigits: factor < 10 ? 1 : 0 });
}
