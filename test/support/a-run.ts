import type { Edit } from '../../src/core/attribution/edit.ts';
import type { Estimate, MemoryEstimate, MemoryReadings } from '../../src/core/estimate/estimate.ts';
import { matchScale, nothingStated, type Figure, type Plan, type Scale } from '../../src/core/plan/plan.ts';
import type { Complaint, EstimatedRun, PullRequestContext, Rule, RunPair } from '../../src/core/policy/rule.ts';
import { startOf } from '../../src/core/problem.ts';
import type { Facts, Unknown } from '../../src/core/run/facts.ts';
import type { RunField } from '../../src/core/run/fields.ts';
import type { GpuSpec } from '../../src/core/run/hardware.ts';
import type { Parallelism } from '../../src/core/run/parallelism.ts';
import type { Training } from '../../src/core/run/training.ts';
import type { TrainingRun } from '../../src/core/run/training-run.ts';
import { gibibyte } from '../../src/core/units/bytes.ts';
import { plainParallelism, plainTraining } from './plain-run.ts';

export interface RunParts {
  readonly path?: string;
  /** Values that the config states, each with its line. */
  readonly stated?: Partial<Record<RunField, readonly [value: unknown, line: number]>>;
  readonly training?: Partial<Training>;
  readonly parallelism?: Partial<Parallelism>;
  readonly data?: Partial<TrainingRun['data']>;
  readonly gpu?: GpuSpec | null;
  readonly gpus?: number;
  readonly unknown?: readonly Unknown[];
}

/** A plain run that keeps every rule; tests name only what deviates. */
export function aRun(parts: RunParts = {}): TrainingRun {
  const { path = 'configs/run.yaml', stated = {}, gpu = a100, gpus = 64, unknown = [] } = parts;
  return {
    path,
    dialect: 'scalegate',
    name: 'run',
    model: null,
    modelId: null,
    parameters: null,
    training: { ...usualTraining, ...parts.training },
    parallelism: { ...usualParallelism, ...parts.parallelism },
    data: { hours: 10_000, augmentation: false, ...parts.data },
    hardware: { gpu, count: gpus, usdPerGpuHour: null },
    facts: factsOf(path, stated),
    assumptions: [],
    unknown,
    notRead: [],
  };
}

export const a100: GpuSpec = {
  name: 'A100-80GB',
  memoryBytes: 80 * gibibyte,
  usableMemoryBytes: 79 * gibibyte,
  peakFlopsPerSecond: null,
  memoryBandwidthBytesPerSecond: null,
};

export interface EstimatedRunParts extends RunParts {
  readonly parameters?: number | null;
  readonly peakGib?: number | null;
  readonly lowGib?: number;
  readonly highGib?: number;
  readonly fragmentationGib?: number;
  /** Nobody names a GPU: what would do. */
  readonly limitAssumed?: NonNullable<EstimatedRun['limit']>['assumed'];
  readonly gpuHours?: number | null;
  readonly costUsd?: number | null;
  /** null for a run whose limit nobody knows. */
  readonly limitGib?: number | null;
  readonly plan?: Plan | null;
  readonly subject?: EstimatedRun['subject'];
  readonly readings?: Partial<MemoryReadings>;
}

/** A run of the plan's Small scale that needs just what its row says. */
export function anEstimatedRun(parts: EstimatedRunParts = {}): EstimatedRun {
  const { parameters = 100e6, limitGib = 79, plan = aPlan() } = parts;
  return {
    run: aRun(parts),
    estimate: anEstimate(parts),
    ...onPlan(plan, parameters),
    limit:
      limitGib === null
        ? null
        : {
            limitBytes: 80 * gibibyte,
            usableBytes: limitGib * gibibyte,
            source: "the plan's GPU, A100-80GB",
            ...(parts.limitAssumed && { assumed: parts.limitAssumed }),
          },
    onRowGpu: null,
    calibration: null,
    readings: readingsOf(parts),
    subject: parts.subject ?? 'run',
  };
}

function readingsOf({ peakGib = 10, highGib, readings = {} }: EstimatedRunParts): MemoryReadings | null {
  if (peakGib === null) return null;
  const bytes = peakGib * gibibyte;
  return {
    lowBytes: bytes,
    highBytes: (highGib ?? peakGib) * gibibyte,
    bestPeakBytes: bytes,
    assumed: [],
    ...readings,
  };
}

/** A rule without what it says of unknown figures. */
export function complaining(rule: Rule) {
  return {
    checkPair: (...asked: Parameters<Rule['checkPair']>): Complaint[] =>
      rule.checkPair(...asked).filter((remark): remark is Complaint => !('unknown' in remark)),
  };
}

function anEstimate(parts: EstimatedRunParts): Estimate {
  const { parameters = 100e6, peakGib = 10, gpuHours = 100, costUsd = 500 } = parts;
  const { lowGib = peakGib ?? 0, highGib = peakGib ?? 0, fragmentationGib = 0 } = parts;
  return {
    parameters: parameters === null ? null : { total: parameters, active: parameters, trainable: parameters },
    memory:
      peakGib === null
        ? null
        : {
            allocatedBytes: (peakGib - fragmentationGib) * gibibyte,
            reservedBytes: peakGib * gibibyte,
            peakBytes: peakGib * gibibyte,
            lowBytes: lowGib * gibibyte,
            highBytes: highGib * gibibyte,
            ranges: rangesOf(lowGib * gibibyte, highGib * gibibyte),
            widenedBy: [],
            timeline: [],
            evidence: 'measured',
            items: [],
          },
    compute: {
      tokens: 2e9,
      flopsPerToken: 6e8,
      hardwareFlopsPerToken: 6e8,
      mfu: 0.4,
      mfuSource: 'test',
      tokensPerSecondPerGpu: null,
      lowTokensPerSecondPerGpu: null,
      highTokensPerSecondPerGpu: null,
      gpuHours,
      lowGpuHours: gpuHours,
      highGpuHours: gpuHours,
      steadyGpuHours: gpuHours,
      overheadGpuHours: gpuHours === null ? null : 0,
      gpuHoursPerBillionTokens: gpuHours === null ? null : gpuHours / 2,
    },
    cost: { usd: costUsd, usdPerGpuHour: 5, priceSource: 'test' },
    inference: null,
    assumptions: [],
    unknown: [],
  };
}

/** A config before and after; null for a side that does not exist, nothing for the plain run. */
export function aPair(
  parts: { readonly base?: EstimatedRunParts | null; readonly head?: EstimatedRunParts | null } & Partial<
    Pick<RunPair, 'path' | 'problems' | 'baseProblems'>
  > = {},
): RunPair {
  const { path = 'configs/run.yaml', base = {}, head = {}, problems = [], baseProblems = [] } = parts;
  return {
    path,
    previousPath: null,
    base: base === null ? null : anEstimatedRun({ path, ...base }),
    head: head === null ? null : anEstimatedRun({ path, ...head }),
    problems,
    edits: base === null || head === null ? [] : editsOf(path, base.stated ?? {}, head.stated ?? {}),
    baseProblems,
  };
}

/** Each value that differs, as an edit that alone makes the run what it is. */
function editsOf(path: string, base: Stated, head: Stated): Edit[] {
  const fields = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort() as RunField[];
  const nothing = { parameters: 0, memoryBytes: 0, gpuHours: 0, costUsd: 0, wallClockHours: 0 };
  const text = (side: Stated, field: RunField) => (side[field] === undefined ? null : String(side[field][0]));
  return fields
    .filter((field) => text(base, field) !== text(head, field))
    .map((field) => ({
      key: field,
      from: text(base, field),
      to: text(head, field),
      place: { path, line: (head[field] ?? base[field])?.[1] ?? 1, column: 3 },
      fields: [field],
      without: nothing,
      share: nothing,
    }));
}

type Stated = NonNullable<RunParts['stated']>;

function onPlan(plan: Plan | null, parameters: number | null): Pick<EstimatedRun, 'scale' | 'row'> {
  const scale = plan === null || parameters === null ? null : matchScale(plan, parameters);
  const row =
    scale?.kind === 'scale' ? ({ kind: 'row', row: scale.scale, reason: 'it is the smallest' } as const) : null;
  return { scale, row };
}

/** The ladder Tiny, Small, Medium, Large; the named scales have a finished run. */
export function aPlan(parts: Partial<Plan> & { readonly validated?: readonly string[] } = {}): Plan {
  const { validated = [], ...rest } = parts;
  return {
    path: 'docs/plan.md',
    title: 'Plan',
    scales: ladder.map((scale) => ({ ...scale, validation: validated.includes(scale.name) ? evidence : null })),
    stages: [],
    total: null,
    facts: {},
    baseline: {},
    recommendations: { growthFactor: null, checkpointShare: null, monitor: null, augmentationFactor: null },
    ...rest,
  };
}

export function aContext(parts: Partial<PullRequestContext> = {}): PullRequestContext {
  const policyPlace = startOf('.github/scalegate.yml');
  return {
    plan: aPlan(),
    planGpu: a100,
    changedGuards: [],
    proposal: null,
    unread: [],
    files: null,
    policyPlace,
    ...parts,
  };
}

const evidence = {
  link: 'https://example.com/run',
  date: null,
  peakMemoryBytes: null,
  gpuHours: null,
  predictedMemoryBytes: null,
  predictedGpuHours: null,
  place: at(60),
};

const ladder: readonly Scale[] = [
  aScale('Tiny', 10, { parameters: 10e6 }),
  aScale('Small', 11, { parameters: 100e6, memoryBytes: 10 * gibibyte, gpuHours: 100, costUsd: 500 }),
  aScale('Medium', 12, {
    parameters: 500e6,
    memoryBytes: 24 * gibibyte,
    gpuHours: 500,
    costUsd: 2500,
    dataHours: 1000,
  }),
  aScale('Large', 13, {
    parameters: 1e9,
    memoryBytes: 48 * gibibyte,
    gpuHours: 1000,
    costUsd: 10_000,
    dataHours: 5000,
  }),
];

type Row = Partial<Record<'memoryBytes' | 'gpuHours' | 'costUsd' | 'dataHours', number>> & {
  readonly parameters: number;
};

function aScale(name: string, line: number, { parameters, ...row }: Row): Scale {
  const figure = (value: number | undefined): Figure | null =>
    value === undefined ? null : { value, text: `~${value}`, place: at(line) };
  const costUsd = figure(row.costUsd);
  return {
    ...nothingStated,
    name,
    kind: 'scale',
    place: at(line),
    parameters: { value: parameters, text: `${parameters / 1e6}M`, place: at(line) },
    gpuHours: figure(row.gpuHours),
    memoryBytes: figure(row.memoryBytes),
    dataHours: figure(row.dataHours),
    cost: costUsd && { ...costUsd, currency: 'USD' },
    costUsd,
  };
}

function at(line: number) {
  return { ...startOf('docs/plan.md'), line };
}

function factsOf(path: string, stated: NonNullable<RunParts['stated']>): Facts {
  const entries = Object.entries(stated).map(([field, [value, line]]) => {
    return [field, { value, authority: 'config', place: { path, line, column: 3 } }];
  });
  // Tests give each field a value of its own type
  return Object.fromEntries(entries) as Facts;
}

const usualTraining: Training = {
  ...plainTraining,
  microBatchSize: 8,
  globalBatchSize: 512,
  tokens: 2e9,
  steps: 2000,
  checkpointShare: 0.1,
  log: ['loss', 'grad_norm', 'memory'],
};

const usualParallelism: Parallelism = { ...plainParallelism, sharding: 'ddp', data: 64 };

function rangesOf(low: number, high: number): MemoryEstimate['ranges'] {
  return { allocated: [low, high], reserved: [low, high], peak: [low, high] };
}
