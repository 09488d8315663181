import { findGpu } from '../../src/core/catalog/gpu.ts';
import { findModel } from '../../src/core/catalog/model.ts';
import type { DescribedRun } from '../../src/core/estimate/described-run.ts';
import { countParameters } from '../../src/core/run/parameters.ts';
import type { Facts } from '../../src/core/run/facts.ts';
import type { ModelShape } from '../../src/core/run/model-shape.ts';
import type { Parallelism } from '../../src/core/run/parallelism.ts';
import type { Training } from '../../src/core/run/training.ts';
import { plainParallelism, plainTraining } from './plain-run.ts';

/** What a test says of a run; everything else is as {@link aDescribedRun} has it. */
export interface Deviation {
  readonly model?: string | ModelShape;
  readonly training?: Partial<Training>;
  readonly parallelism?: Partial<Omit<Parallelism, 'data'>>;
  readonly gpu?: string | null;
  readonly gpuCount?: number | null;
  readonly usdPerGpuHour?: number | null;
  readonly facts?: Facts;
}

/** Llama-3.1-8B in torchtitan on eight H100, fully sharded, one sequence of 8192 tokens a GPU, eager, everything kept. */
export function aDescribedRun(deviation: Deviation = {}): DescribedRun {
  const { gpu = 'H100', gpuCount = 8, usdPerGpuHour = null, facts = {} } = deviation;
  const model = shapeOf(deviation.model ?? 'meta-llama/Llama-3.1-8B');
  const training = { ...usualTraining, ...deviation.training };
  const parallelism = { ...usualParallelism, ...deviation.parallelism };
  const ranks = parallelism.tensor * parallelism.pipeline * parallelism.context;
  return {
    path: 'train.yaml',
    dialect: 'scalegate',
    name: 'train',
    model,
    modelId: null,
    parameters: countParameters(model, training),
    training,
    parallelism: { ...parallelism, data: gpuCount === null || gpuCount % ranks !== 0 ? null : gpuCount / ranks },
    data: { hours: null, augmentation: false },
    hardware: { gpu: gpu === null ? null : findGpu(gpu)!.gpu, count: gpuCount, usdPerGpuHour },
    facts,
    assumptions: [],
    unknown: [],
    notRead: [],
  };
}

const usualTraining: Training = { ...plainTraining, trainer: 'torchtitan', sequenceLength: 8192, tokens: 1e12 };

const usualParallelism: Parallelism = { ...plainParallelism, sharding: 'zero3' };

function shapeOf(model: string | ModelShape): ModelShape {
  return typeof model === 'string' ? findModel(model)!.shape : model;
}
