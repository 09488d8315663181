import type { Estimate, MemoryEstimate } from '../../src/core/estimate/estimate.ts';
import type { LineItem } from '../../src/core/estimate/line-item.ts';
import type { EstimatedRun } from '../../src/core/policy/rule.ts';
import type { Assumption } from '../../src/core/run/facts.ts';
import type { TrainingRun } from '../../src/core/run/training-run.ts';
import { gibibyte } from '../../src/core/units/bytes.ts';
import { aPlan, aScale } from './a-plan.ts';
import { plainParallelism, plainTraining } from './plain-run.ts';

export interface RunParts {
  readonly path?: string;
  readonly parameters?: number | null;
  readonly memoryGib?: number | null;
  readonly gpuHours?: number | null;
  readonly scale?: string | null;
  readonly assumptions?: readonly Assumption[];
  readonly source?: string;
}

export const large: RunParts = { parameters: 1.21e9, memoryGib: 46.2, gpuHours: 1020, scale: 'Large' };
export const xl: RunParts = { parameters: 3.08e9, memoryGib: 77.9, gpuHours: 3060, scale: 'XL' };
export const medium: RunParts = { parameters: 4.9e8, memoryGib: 22.8, gpuHours: 490, scale: 'Medium' };

/** A run of the plan's Large scale, estimated. */
export function anEstimatedRun(parts: RunParts = {}): EstimatedRun {
  const { path = 'configs/large.yaml', memoryGib = 46.2, scale = 'Large', source = 'policy' } = parts;
  const index = aPlan.scales.findIndex(({ name }) => name === scale);
  return {
    run: aTrainingRun(path),
    estimate: anEstimate(parts),
    row: null,
    scale:
      scale === null
        ? null
        : index < 0
          ? { kind: 'beyond', largest: aScale('XL') }
          : { kind: 'scale', scale: aScale(scale), index },
    limit: memoryGib === null ? null : { limitBytes: 80 * gibibyte, usableBytes: 79.2 * gibibyte, source },
    onRowGpu: null,
    calibration: null,
    readings: null,
    subject: 'run',
  };
}

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
            timeline: [],
            evidence: 'measured',
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

function rangesOf(low: number, high: number): MemoryEstimate['ranges'] {
  return { allocated: [low, high], reserved: [low, high], peak: [low, high] };
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
    notRead: [],
  };
}
