import { formatCount } from '../../src/core/units/count.ts';
import { formatShare } from '../../src/core/units/share.ts';
import { table } from '../generated/table.ts';
import { bySource } from './by-source.ts';
import type { Comparison } from './comparison.ts';
import { errorTable, shareOrNone, signed } from './error-table.ts';
import type { FitCheck } from './fit-check.ts';
import { hoursConstants, memoryConstants, type FittedConstant } from './fitted.ts';
import { throughputConstants } from './fitted-speed.ts';
import { casesOf, leaveOneSourceOut, refitToAll, restingOnOwnSource, withRefittedRanges } from './leave-one-out.ts';
import { referenceTable } from './reference-table.ts';
import { errorsOf, type Weighting } from './statistics.ts';
import type { Validation } from './validation.ts';
import { shareOver, wantedFigures } from './wanted.ts';
import { worstTable } from './worst-table.ts';

/** `docs/accuracy.md`: how wrong the product is, from nothing but its estimates and the measurements. */
export function accuracyPage(validation: Validation): string {
  return [
    '<!-- Generated from validation/ and the estimator: `npm run validate`. -->',
    '# Accuracy',
    introduction(validation),
    '## What to expect',
    expected(validation),
    '## What was wanted',
    wanted(validation),
    '## Memory',
    memory(validation),
    '## Memory of reference steps',
    referenceSteps(validation),
    '## Fits or dies',
    fits(validation),
    '## Tokens per second',
    throughput(validation),
    '## GPU-hours',
    hours(validation),
    '## Parameter counts',
    parameters(validation),
    '## What is fitted',
    fitted(validation),
    '## Beside other estimators',
    peers(validation),
    '## How it is counted',
    method,
  ].join('\n\n');
}

function introduction({ memory, throughput, hours, bounds }: Validation): string {
  return `How far the estimates are from ${memory.length} measured peaks of memory, ${bounds.length} runs that fitted or died, ${throughput.length} measured speeds and ${hours.length} whole runs.
Every run is a config of [scalegate's own dialect](../validation/README.md), read, filled in and estimated the way a pull request's is.
\`npm run validate\` writes this page anew, and a test fails where it no longer says what the code does.`;
}

/** A set of measurements with the constants that its estimates rest on. */
interface MeasuredSet {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
  readonly constants: readonly FittedConstant[];
}

function measuredSets({ memory, throughput, hours }: Validation): readonly MeasuredSet[] {
  return [
    { name: 'memory', comparisons: memory, constants: memoryConstants },
    { name: 'tokens/s per GPU', comparisons: throughput, constants: throughputConstants },
    { name: 'GPU-hours', comparisons: hours, constants: hoursConstants },
  ];
}

/** The honest figures first: each source predicted without itself. */
function expected(validation: Validation): string {
  const rows = measuredSets(validation).flatMap(({ name, comparisons, constants }) => {
    const unseen = leaveOneSourceOut(comparisons, constants);
    return (['by source', 'by case'] as const).map((weighting) => {
      const outside = errorsOf(unseen, weighting);
      const asItIs = errorsOf(comparisons, weighting);
      return [
        `${name}, each ${weighting === 'by source' ? 'source' : 'run'} alike`,
        formatShare(outside.median),
        formatShare(outside.p90),
        shareOrNone(outside.inRange),
        shareOrNone(errorsOf(withRefittedRanges(unseen), weighting).inRange),
        formatShare(asItIs.median),
        formatShare(asItIs.p90),
        shareOrNone(asItIs.inRange),
      ];
    });
  });
  return [
    `Some constants were fitted to these measurements, so the product as it is has seen them.
What to expect of a run from somewhere else is the _unseen_ figure: each source is left out in turn, [the constants](#what-is-fitted) are fitted again to all others, and the source is predicted with those.
It stands before the figure of the product as it is, here and in the tables below.`,
    table(
      [
        'Figure',
        'Unseen: median',
        '90th',
        'Inside the range',
        'Inside, widths fitted to the others',
        'As it is: median',
        '90th',
        'Inside',
      ],
      rows,
    ),
  ].join('\n\n');
}

function wanted(validation: Validation): string {
  const figures = wantedFigures(validation);
  const rows = figures.map(({ what, wanted: goal, is, isReached }) => [what, goal, is, isReached ? 'yes' : '**no**']);
  const missed = figures.filter(({ isReached }) => !isReached);
  const obstacles = missed.map(
    ({ what, is, wanted: goal, obstacle }) => `- ${what}: ${is}, wanted ${goal}; ${obstacle}.`,
  );
  return [
    'The goals of the project, each source counting alike.',
    table(['Figure', 'Wanted', 'Is', 'Reached'], rows),
    ...(missed.length > 0 ? [`${missed.length} of ${figures.length} are not reached:`, obstacles.join('\n')] : []),
  ].join('\n\n');
}

function memory({ memory: comparisons }: Validation): string {
  return [
    plot('memory', 'estimated against measured memory per GPU'),
    errorTable(comparisons, leaveOneSourceOut(comparisons, memoryConstants)),
    'The ten largest errors, in GiB:',
    worstTable(comparisons, (gib) => gib.toFixed(1)),
  ].join('\n\n');
}

function referenceSteps({ reference }: Validation): string {
  return [
    `Allocated memory at the peak of one step, as PyTorch counts it when the trainer's own libraries run on tensors without data: ${reference.length} runs drawn at random, [made without a GPU](../validation/reference/readme.md).
Nothing is fitted to them.
Those _not looked at_ were drawn with the others and set aside while the estimator was built.`,
    referenceTable(reference),
  ].join('\n\n');
}

function throughput({ throughput: comparisons }: Validation): string {
  return [
    'Steady training, model FLOPs over the speed of the GPU; nothing of a pause is in it.',
    plot('throughput', 'estimated against measured tokens per second and GPU'),
    errorTable(comparisons, leaveOneSourceOut(comparisons, throughputConstants)),
    'The ten largest errors, in tokens per second and GPU:',
    worstTable(comparisons, (rate) => Math.round(rate).toLocaleString('en-US')),
  ].join('\n\n');
}

function hours({ hours: comparisons }: Validation): string {
  return [
    'Whole runs as they were billed or stated, pauses included as far as the source includes them.',
    plot('gpu-hours', 'estimated against stated GPU-hours'),
    errorTable(comparisons, leaveOneSourceOut(comparisons, hoursConstants)),
    'The ten largest errors, in GPU-hours:',
    worstTable(comparisons, formatCount),
  ].join('\n\n');
}

function plot(name: string, description: string): string {
  return `![${description}](accuracy/${name}.svg)`;
}

function fits({ bounds, measuredFits, unchecked }: Validation): string {
  const counts = (name: string, checks: readonly FitCheck[]): string[] => [
    name,
    String(checks.length),
    ...(['comfortable', 'tight', 'over'] as const).map((call) =>
      String(checks.filter((check) => check.call === call).length),
    ),
  ];
  const rows = (['ran', 'died'] as const).flatMap((outcome) =>
    bySource(bounds.filter((check) => check.outcome === outcome)).map(({ source, cases }) =>
      counts(`${outcome}: ${source}`, cases),
    ),
  );
  const ran = [...bounds, ...measuredFits].filter(({ outcome }) => outcome === 'ran');
  const wrong = [...bounds, ...measuredFits].filter(({ outcome, call }) =>
    outcome === 'ran' ? call === 'over' : call !== 'over',
  );
  const called = wrong.map(({ id, source, outcome, call, peakGib, highGib, usableGib }) => [
    `\`${id}\``,
    source,
    outcome,
    call,
    `${peakGib.toFixed(1)} to ${highGib.toFixed(1)}`,
    usableGib.toFixed(1),
  ]);
  return [
    'The estimate is _comfortable_ where even the high end of its range is within the memory that the GPU can give, _tight_ where only the estimate is, _over_ where the estimate is not: then the check fails.',
    table(
      ['Outcome', 'Runs', 'Comfortable', 'Tight', 'Over'],
      [...rows, counts('ran, with a measured peak', measuredFits)],
    ),
    `Of the ${ran.length} runs that ran, ${formatShare(shareOver(ran, 'by case'))} are called over; ${formatShare(shareOver(ran, 'by source'))} with each source alike.
${unchecked} more runs are left out: their sources do not say how much memory the GPU had.`,
    wrong.length === 0
      ? 'No run that ran is called over, and none that died is said to fit.'
      : `Runs that ran and are called over, and runs that died and are said to fit, in GiB:\n\n${table(['Run', 'Source', 'Outcome', 'Called', 'Estimate to high end', 'Usable'], called)}`,
  ].join('\n\n');
}

function parameters({ parameters: checks }: Validation): string {
  const exact = checks.filter(({ isExact }) => isExact);
  const rows = checks
    .filter(({ isExact }) => !isExact)
    .map(({ model, total, counted, source }) => [
      model,
      grouped(total),
      counted === null ? 'unknown' : grouped(counted),
      source,
    ]);
  return [
    `${exact.length} of ${checks.length} published counts are met exactly, to the last parameter.`,
    ...(rows.length === 0 ? [] : [table(['Model', 'Published', 'Counted', 'Source'], rows)]),
  ].join('\n\n');
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function fitted(validation: Validation): string {
  const sets = measuredSets(validation);
  const constants = sets.flatMap((set) => set.constants.map((constant) => constantRow(set.comparisons, constant)));
  const errors = sets.flatMap((set) =>
    (['by source', 'by case'] as const).map((weighting) => [
      `${set.name}, each ${weighting === 'by source' ? 'source' : 'run'} alike`,
      medianAndP90(leaveOneSourceOut(set.comparisons, set.constants), weighting),
      medianAndP90(set.comparisons, weighting),
      medianAndP90(refitToAll(set.comparisons, set.constants), weighting),
      String(restingOnOwnSource(set.comparisons, set.constants)),
    ]),
  );
  return [
    'These constants come from measurements; everything else is a specification, a formula of a paper or the source code of a trainer.',
    table(['Constant', 'Value', 'Derived from', 'Bears on', 'In'], constants),
    `Where a constant rests on the one source that is left out, it falls back to what the code takes of a trainer that it does not know, if there is such a value; the last column counts such runs.
The widths of the ranges are fitted too: 1.4 times what is open and 9% of the estimate for memory, a factor of 1.22 for speed, such that nine in ten unseen measurements are inside.
The shape of the formulas was chosen with all sources in view, and no refit undoes that.`,
    table(
      ['Median and 90th percentile', 'Source left out', 'As it is', 'Fitted to all', 'Rest on their own source'],
      errors,
    ),
  ].join('\n\n');
}

function constantRow(comparisons: readonly Comparison[], constant: FittedConstant): string[] {
  const cases = casesOf(constant, comparisons);
  const sources = bySource(cases).length;
  const file = constant.file.replace(/^.*\//, '');
  return [
    constant.name,
    constant.values.join(', '),
    constant.from,
    `${plural(cases.length, 'run')} of ${plural(sources, 'source')}`,
    `[${file}](../${constant.file})`,
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function medianAndP90(comparisons: readonly Comparison[], weighting: Weighting): string {
  const { median, p90 } = errorsOf(comparisons, weighting);
  return `${formatShare(median)}, ${formatShare(p90)}`;
}

function peers({ peers: { read, memory: memoryPeers, gpuHours }, memory: memories, hours: runs }: Validation): string {
  const ours = errorsOf(memories);
  const ourHours = errorsOf(runs);
  const errorsAndCases = (errors: { cases: number; median: number; p90: number } | null): string[] =>
    errors === null ? ['–', '–', '–'] : [String(errors.cases), formatShare(errors.median), formatShare(errors.p90)];
  const rows = memoryPeers
    .filter(({ broad }) => broad !== null)
    .sort((a, b) => (a.broad?.median ?? 0) - (b.broad?.median ?? 0))
    .map(({ name, handChecked, broad }) => [
      name,
      ...errorsAndCases(broad),
      broad === null ? '–' : signed(broad.bias),
      ...errorsAndCases(handChecked),
    ]);
  const narrow = memoryPeers
    .filter(({ broad }) => broad === null)
    .map(({ name, handChecked }) => [name, '–', '–', '–', '–', ...errorsAndCases(handChecked)]);
  const hourRows = gpuHours.map(({ name, runs: count, median, bias }) => [
    name,
    String(count),
    formatShare(median),
    signed(bias),
  ]);
  const header = ['Estimator', 'Broad: runs', 'Median', '90th', 'Bias', 'Hand-checked: runs', 'Median', '90th'];
  return [
    `Other estimators of memory, run untuned on ${read} with the options that a careful user would pick.
SimuMax, vTrain, calculon and LLMem publish errors, each on its own runs; nobody else does over several trainers.
Runs are those that an estimator can express at all, of 405 (broad) and 38 (hand-checked) measured ones.`,
    table(header, [
      ['**scalegate**, on the set of this page', ...errorsAndCases(ours), signed(ours.bias), '–', '–', '–'],
      ...rows,
      ...narrow,
    ]),
    `Not quite like with like: the broad set and ours overlap and are not the same, some constants of ours were derived from such measurements, and the peers saw none of them.
Each run counts alike in this table, for us too.
SimuMax is scored on its own measurements of Megatron-Core.
An estimator of one trainer answers few runs, those that it was made for.`,
    'Estimators of GPU-hours, on 12 published runs of large models; ours on the 40 above, small and old ones among them:',
    table(
      ['Method', 'Runs', 'Median', 'Bias'],
      [['**scalegate**', String(ourHours.cases), formatShare(ourHours.median), signed(ourHours.bias)], ...hourRows],
    ),
  ].join('\n\n');
}

const method = `- An error is |estimate ÷ measured − 1|, the bias the median of estimate ÷ measured − 1; the median is the 50th percentile.
- _Each source alike_: a run counts one over the number of runs of its source, so that a source with 160 runs says no more than one with four.
- Like with like: \`max_allocated\` and \`max_active\` are held against the allocated peak, \`max_reserved\` against the reserved one, \`nvidia-smi\` against the device's; where the source does not name its statistic, reserved is taken.
- Each of the three has a range of its own.
- _Unseen_: predicted with constants that were fitted to all other sources. The range moves with the estimate, and is as wide as the product makes it.
- A run _fits_ where the device's peak is within the memory that the GPU can give to a process.
- Tokens per second are those of steady training; GPU-hours are billed hours.
- Trust A: the source states the exact figure and config. B: rounded, or partly inferred.
- Reasons for an error are those that the source of the measurement gives; where there is none, nothing is known.`;
