import type { Parallelism } from '../../src/core/run/parallelism.ts';
import type { Training } from '../../src/core/run/training.ts';

/** A full training on one GPU that turns on nothing: builders of runs name what theirs has besides. */
export const plainTraining: Training = {
  trainer: null,
  method: 'full',
  adapter: null,
  sequenceLength: 2048,
  microBatchSize: 1,
  gradientAccumulationSteps: 1,
  globalBatchSize: null,
  precision: 'bf16-mixed',
  optimizer: 'adamw',
  activationCheckpointing: 'none',
  activationOffload: false,
  flashAttention: true,
  fusedLoss: false,
  compile: false,
  checkpointLayers: 1,
  recomputeModules: [],
  optimizerRank: null,
  optimizerInBackward: false,
  statePrecision: { gradient: null, master: null, moment: null },
  ema: false,
  referenceModel: false,
  pairedSamples: false,
  packing: null,
  dropout: null,
  quantization: null,
  tokens: null,
  steps: null,
  checkpointShare: null,
  log: null,
};

/** One GPU a model, nothing divided. */
export const plainParallelism: Parallelism = {
  sharding: 'none',
  tensor: 1,
  sequenceParallel: false,
  pipeline: 1,
  virtualPipeline: 1,
  pipelineSchedule: '1f1b',
  context: 1,
  contextExchange: 'ring',
  shardingEngine: null,
  expert: 1,
  expertTensor: null,
  data: 1,
  reshardAfterForward: true,
  cpuOffload: 'none',
};
