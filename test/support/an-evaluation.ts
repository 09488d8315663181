import type { Estimate, MemoryEstimate } from '../../src/core/estimate/estimate.ts';
import type { LineItem } from '../../src/core/estimate/line-item.ts';
import type { Figure, Plan, Scale } from '../../src/core/plan/plan.ts';
import type { EstimatedRun, Finding, RunPair } from '../../src/core/policy/rule.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { startOf, type Problem } from '../../src/core/problem.ts';
import type { Evaluation } from '../../src/core/report/evaluation.ts';
import type { Assumption } from '../../src/core/run/facts.ts';
import type { TrainingRun } from '../../src/core/run/training-run.ts';
import { gibibyte } from '../../src/core/units/bytes.ts';
import { aSlot, nothingWaits, waitingFor } from './an-approval.ts';
import { plainParallelism, plainTraining } from './plain-run.ts';

/** An evaluation that passes and names nothing; tests name only what they are about. */
export function anEvaluation(parts: Partial<Evaluation> = {}): Evaluation {
  return {
    verdict: 'pass',
    pairs: [],
    findings: [],
    problems: [],
    plan: aPlan,
    policy: aPolicy,
    scope: { guards: 'guards', items: [] },
    approval: nothingWaits,
    fits: [],
    ...parts,
  };
}

export interface RunParts {
  readonly path?: string;
  readonly parameters?: number | null;
  readonly memoryGib?: number | null;
  readonly gpuHours?: number | null;
  readonly scale?: string | null;
  readonly assumptions?: readonly Assumption[];
  readonly source?: string;
}

/** A run of the plan's Large scale, estimated. */
export function anEstimatedRun(parts: RunParts = {}): EstimatedRun {
  const { path = 'configs/large.yaml', memoryGib = 46.2, scale = 'Large', source = 'policy' } = parts;
  const index = aPlan.scales.findIndex(({ name }) => name === scale);
  return {
    run: aTrainingRun(path),
    estimate: anEstimate(parts),
    scale:
      scale === null
        ? null
        : index < 0
          ? { kind: 'beyond', largest: aScale('XL') }
          : { kind: 'scale', scale: aScale(scale), index },
    limit: memoryGib === null ? null : { limitBytes: 80 * gibibyte, usableBytes: 79.2 * gibibyte, source },
    calibration: null,
  };
}

/** A config that changes from one run to the other; null for a side that does not exist. */
export function aPair(
  path: string,
  base: RunParts | null,
  head: RunParts | null,
  rest: Partial<RunPair> = {},
): RunPair {
  return {
    path,
    previousPath: null,
    base: base && anEstimatedRun({ path, ...base }),
    head: head && anEstimatedRun({ path, ...head }),
    problems: [],
    ...rest,
  };
}

export function aFinding(parts: Partial<Finding> = {}): Finding {
  const path = parts.path ?? 'configs/large.yaml';
  return {
    rule: 'memory-limit',
    level: 'error',
    path,
    place: { path, line: 15, column: 3 },
    message: 'Peak memory is 96.4 GiB per GPU, but a process can use 79.2 GiB of an A100-80GB.',
    action: 'Lower training.micro_batch_size from 32 to 24, or set training.activation_checkpointing to selective.',
    ...parts,
  };
}

export function aProblem(parts: Partial<Problem> = {}): Problem {
  return {
    code: 'wrong-type',
    place: { path: 'configs/broken.yaml', line: 7, column: 14 },
    key: 'model.num_layers',
    message: 'Found the text "twelve".',
    hint: 'Expected a whole number from 1 to 10,000.',
    ...parts,
  };
}

export const large: RunParts = { parameters: 1.21e9, memoryGib: 46.2, gpuHours: 1020, scale: 'Large' };
export const xl: RunParts = { parameters: 3.08e9, memoryGib: 77.9, gpuHours: 3060, scale: 'XL' };
export const medium: RunParts = { parameters: 4.9e8, memoryGib: 22.8, gpuHours: 490, scale: 'Medium' };

export const jump: Finding = aFinding({
  rule: 'scale-jump',
  level: 'approval',
  place: { path: 'configs/large.yaml', line: 4, column: 3 },
  message: 'The run climbs from Large to XL: 1.21B → 3.08B parameters.',
  action: 'Ask an approver for a review, or split the change into smaller steps.',
});

function anEstimate({
  parameters = 1.21e9,
  memoryGib = 46.2,
  gpuHours = 1020,
  assumptions = anAssumption,
  source,
}: RunParts): Estimate {
  return {
    parameters: parameters === null ? null : { total: parameters, active: parameters, trainable: parameters },
    memory:
      memoryGib === null
        ? null
        : {
            allocatedBytes: 0.9 * memoryGib * gibibyte,
            reservedBytes: 0.95 * memoryGib * gibibyte,
            peakBytes: memoryGib * gibibyte,
            lowBytes: 0.93 * memoryGib * gibibyte,
            highBytes: 1.07 * memoryGib * gibibyte,
            ranges: rangesOf(0.93 * memoryGib * gibibyte, 1.07 * memoryGib * gibibyte),
            widenedBy: [],
            items: someItems(memoryGib * gibibyte, parameters ?? 0),
          },
    compute:
      parameters === null
        ? null
        : {
            tokens: gpuHours === null ? null : 2.048e11,
            flopsPerToken: 6 * parameters,
            hardwareFlopsPerToken: 8 * parameters,
            mfu: 0.42,
            mfuSource: 'plan',
            tokensPerSecondPerGpu: 14_000,
            lowTokensPerSecondPerGpu: 11_000,
            highTokensPerSecondPerGpu: 17_000,
            gpuHours,
            lowGpuHours: gpuHours === null ? null : 0.8 * gpuHours,
            highGpuHours: gpuHours === null ? null : 1.3 * gpuHours,
            steadyGpuHours: gpuHours === null ? null : 0.9 * gpuHours,
            overheadGpuHours: gpuHours === null ? null : 0.1 * gpuHours,
            gpuHoursPerBillionTokens: 1e9 / 14_000 / 3600 / 0.9,
          },
    cost: {
      usd: gpuHours === null ? null : 10 * gpuHours,
      usdPerGpuHour: 10,
      priceSource: source ?? 'plan row Large: $10000 / 1000 GPU-hours',
    },
    inference:
      parameters === null
        ? null
        : {
            usdPerMillionTokens: 0.1,
            usdPerMillionInputTokens: null,
            usdPerMillionOutputTokens: null,
            utilization: null,
            source: 'plan',
          },
    assumptions,
    unknown: [
      ...(memoryGib === null
        ? [{ field: 'memory', reason: 'Nothing names the GPU. Add hardware.gpu to the config or to the policy.' }]
        : []),
      ...(gpuHours === null
        ? [{ field: 'compute.gpu_hours', reason: 'Nothing says how long it trains. Add training.tokens.' }]
        : []),
    ],
  };
}

const anAssumption: readonly Assumption[] = [
  { field: 'training.precision', value: 'bf16-mixed', reason: 'the plan assumes BF16 of every run' },
  { field: 'model.norm', value: 'rmsnorm', reason: 'the default of decoder-only transformers' },
];

function someItems(bytes: number, parameters: number): LineItem[] {
  const states = Math.min(16 * parameters, bytes / 2);
  return [
    {
      id: 'parameters',
      label: 'Parameters',
      bytes: states / 4,
      formula: '4·P',
      quantities: [['P', parameters]],
      source: 'Micikevicius et al. 2018 (arXiv 1710.03740), section 3.1',
    },
    {
      id: 'optimizer_states',
      label: 'Optimizer states',
      bytes: (states * 3) / 4,
      formula: '12·P',
      quantities: [['P', parameters]],
      source: 'Rajbhandari et al. 2020 (arXiv 1910.02054), section 3.1',
    },
    {
      id: 'activations',
      label: 'Activations',
      bytes: bytes - states,
      formula: 's·b·h·L·34',
      quantities: [
        ['s', 2048],
        ['b', 32],
        ['h', 2048],
        ['L', 24],
      ],
      source: 'Korthikanti et al. 2022 (arXiv 2205.05198), section 4.1',
    },
  ];
}

function aTrainingRun(path: string): TrainingRun {
  return {
    path,
    dialect: 'scalegate',
    name: path.replace(/^.*\//, '').replace(/\.\w+$/, ''),
    model: null,
    modelId: null,
    parameters: null,
    training: {
      ...plainTraining,
      microBatchSize: 32,
      globalBatchSize: 2048,
      tokens: 2.048e11,
      steps: 48_828,
      checkpointShare: 0.1,
    },
    parallelism: { ...plainParallelism, data: 64 },
    data: { hours: 5000, augmentation: true },
    hardware: { gpu: null, count: 64, usdPerGpuHour: null },
    facts: {},
    assumptions: [],
    unknown: [],
  };
}

const planPath = 'docs/model-scaling-estimates.md';

function aFigure(value: number, text: string): Figure {
  return { value, text, place: { path: planPath, line: 20, column: 3 } };
}

function aScaleRow(
  name: string,
  parameters: string,
  size: number,
  hours: number,
  memoryGib: number,
  usd: number | null,
): Scale {
  return {
    name,
    place: startOf(planPath),
    parameters: aFigure(size, parameters),
    samples: null,
    gpuHours: aFigure(hours, `~${hours}`),
    notes: null,
    modelMemoryBytes: null,
    activationMemoryBytes: null,
    memoryBytes: aFigure(memoryGib * gibibyte, `~${memoryGib} GB`),
    dataHours: null,
    costUsd: usd === null ? null : aFigure(usd, `~$${usd}`),
    usdPerMillionTokens: null,
    validation: null,
  };
}

export const aPlan: Plan = {
  path: planPath,
  title: 'Model Scaling Estimates',
  scales: [
    aScaleRow('Tiny', '10M', 1e7, 10, 3, null),
    aScaleRow('Small', '100M', 1e8, 100, 10, 500),
    aScaleRow('Medium', '500M', 5e8, 500, 24, 2500),
    aScaleRow('Large', '1B', 1e9, 1000, 48, 10_000),
    aScaleRow('XL', '3B', 3e9, 3000, 80, 30_000),
  ],
  facts: {},
  baseline: {},
  recommendations: { growthFactor: null, checkpointShare: null, monitor: null, augmentationFactor: null },
};

function aScale(name: string): Scale {
  return aPlan.scales.find((scale) => scale.name === name)!;
}

const aPolicy: Policy = {
  path: null,
  configs: null,
  ignore: [],
  planPath: null,
  rules: {},
  approvers: [aSlot({ roles: ['admin', 'maintain'] })],
  assumptions: [],
  huggingFaceHub: false,
};

const overMemory = aFinding();

const waiting = waitingFor(aPolicy.approvers);
const leads = aSlot({ users: ['alice'], teams: ['acme/research-leads'], roles: ['admin'], count: 2 });
const at = '2026-11-23T12:00:00Z';

/** One evaluation for each thing that a report has to say, by name: what the goldens of all outputs show. */
export const evaluations: Readonly<Record<string, Evaluation>> = {
  pass: anEvaluation({ pairs: [aPair('configs/medium.yaml', medium, { ...medium, gpuHours: 520 })] }),
  waiting: anEvaluation({
    verdict: 'waiting',
    pairs: [aPair('configs/large.yaml', large, xl)],
    findings: [jump],
    approval: waiting,
  }),
  approved: anEvaluation({
    pairs: [aPair('configs/large.yaml', large, xl)],
    findings: [jump],
    approval: {
      ...waiting,
      given: [{ by: 'alice', how: 'review', at, slot: null }],
      ignored: [{ by: 'bob', how: 'review', at, reason: 'wrote commits of this pull request.' }],
      open: [],
    },
  }),
  fail: anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/large.yaml', large, { ...xl, memoryGib: 96.4 }),
      aPair('configs/medium.yaml', medium, { ...medium, gpuHours: 520 }),
    ],
    findings: [
      overMemory,
      jump,
      aFinding({
        rule: 'plan-deviation',
        level: 'warning',
        message: 'Memory per GPU is 96.4 GiB, 20 % above the ~80 GB that the plan has for XL.',
        action: 'Bring the config back to the plan, or change the plan in a pull request of its own.',
      }),
      aFinding({
        rule: 'monitoring',
        level: 'notice',
        path: 'configs/medium.yaml',
        place: { path: 'configs/medium.yaml', line: 1, column: 1 },
        message: 'Gradient norms are not logged.',
        action: 'Add grad_norm to training.log.',
      }),
    ],
    approval: waiting,
  }),
  'new-config': anEvaluation({ pairs: [aPair('configs/medium.yaml', null, medium)] }),
  'deleted-config': anEvaluation({ pairs: [aPair('configs/medium.yaml', medium, null)] }),
  'renamed-config': anEvaluation({
    pairs: [aPair('configs/2026/medium.yaml', medium, medium, { previousPath: 'configs/medium.yaml' })],
  }),
  'unreadable-config': anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/broken.yaml', medium, null, { problems: [aProblem()] }),
      aPair('configs/medium.yaml', medium, medium),
    ],
    findings: [
      aFinding({
        rule: 'unreadable-config',
        path: 'configs/broken.yaml',
        place: aProblem().place,
        message: 'model.num_layers: Found the text "twelve".',
        action: 'Expected a whole number from 1 to 10,000.',
      }),
    ],
  }),
  'unknown-memory': anEvaluation({
    verdict: 'fail',
    pairs: [aPair('configs/large.yaml', large, { ...large, memoryGib: null, gpuHours: null })],
    findings: [
      aFinding({
        message: 'Peak memory cannot be known: nothing names the GPU.',
        action: 'Add hardware.gpu to the config, or to the assumptions of .github/scalegate.yml.',
      }),
    ],
  }),
  'changed-base': anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/recipes/large.yaml', large, { ...xl, memoryGib: 96.4 }, { through: ['configs/base.yaml'] }),
      aPair('configs/tiny.yaml', medium, { ...medium, gpuHours: 520 }),
      aPair('configs/base.yaml', medium, { ...medium, gpuHours: 980 }),
      ...['a', 'b', 'c', 'd', 'e'].map((name) =>
        aPair(`configs/recipes/${name}.yaml`, medium, { ...medium, gpuHours: 700 }, { through: ['configs/base.yaml'] }),
      ),
    ],
    findings: [
      aFinding({ path: 'configs/recipes/large.yaml', place: { path: 'configs/base.yaml', line: 7, column: 3 } }),
    ],
  }),
  'no-plan': anEvaluation({
    plan: null,
    pairs: [aPair('configs/large.yaml', { ...large, scale: null }, { ...xl, scale: null })],
  }),
  'plan-change': anEvaluation({
    verdict: 'waiting',
    findings: [
      aFinding({
        rule: 'plan-change',
        level: 'approval',
        path: null,
        place: { path: planPath, line: 1, column: 1 },
        message: 'This pull request changes the plan.',
        action: 'The plan of the base still holds; ask an approver for a review of the new one.',
      }),
    ],
    policy: { ...aPolicy, approvers: [leads] },
    approval: {
      ...waitingFor([leads]),
      given: [{ by: 'alice', how: 'review', at, slot: null }],
      ignored: [{ by: 'dependabot[bot]', how: 'review', at, reason: 'bots do not approve.' }],
      open: waitingFor([leads]).open.map((slot) => ({ ...slot, missing: 1 })),
    },
  }),
  'broken-policy': anEvaluation({
    verdict: 'fail',
    problems: [
      aProblem({
        code: 'unknown-rule',
        place: { path: '.github/scalegate.yml', line: 6, column: 3 },
        key: 'rules.memory-limits',
        message: 'There is no rule of this name.',
        hint: 'Did you mean memory-limit?',
      }),
    ],
  }),
  'many-configs': anEvaluation({
    verdict: 'fail',
    pairs: manyPairs(12),
    findings: manyPairs(12).map(({ path }) => aFinding({ path, place: { path, line: 15, column: 3 } })),
  }),
};

/** So many configs that grow from Large to XL, each a little less than the one before. */
export function manyPairs(count: number): RunPair[] {
  return Array.from({ length: count }, (_, index) =>
    aPair(`experiments/sweep/run-${String(index).padStart(4, '0')}.yaml`, large, {
      ...xl,
      memoryGib: 96.4,
      gpuHours: 3060 - index,
    }),
  );
}

function rangesOf(low: number, high: number): MemoryEstimate['ranges'] {
  return { allocated: [low, high], reserved: [low, high], peak: [low, high] };
}
