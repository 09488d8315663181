import type { DescribedRun } from '../estimate/described-run.ts';
import type { Fact } from '../run/facts.ts';
import type { RunField } from '../run/fields.ts';
import type { Parallelism } from '../run/parallelism.ts';
import type { Training } from '../run/training.ts';
import type { Settings } from './knobs.ts';

/**
 * A run with some knobs turned and the same global batch, by accumulation; null where the settings contradict each
 * other or do not divide the GPUs.
 */
export function turn(run: DescribedRun, settings: Settings): DescribedRun | null {
  const parallelism = turnedParallelism(run, settings);
  if (parallelism === null) return null;
  const training = turnedTraining(run, settings, parallelism);
  if (training === null || !areMeaningful(settings, training, parallelism)) return null;
  return { ...run, training, parallelism, facts: { ...run.facts, ...statedBy(run, settings, training) } };
}

function turnedParallelism({ parallelism, hardware }: DescribedRun, settings: Settings): Parallelism | null {
  const turned = {
    ...parallelism,
    sharding: settings['parallelism.sharding'] ?? parallelism.sharding,
    tensor: settings['parallelism.tensor'] ?? parallelism.tensor,
    sequenceParallel: settings['parallelism.sequence_parallel'] ?? parallelism.sequenceParallel,
    pipeline: settings['parallelism.pipeline'] ?? parallelism.pipeline,
    context: settings['parallelism.context'] ?? parallelism.context,
    cpuOffload: settings['parallelism.cpu_offload'] ?? parallelism.cpuOffload,
  };
  const ways = turned.tensor * turned.pipeline * turned.context;
  const waysBefore = parallelism.tensor * parallelism.pipeline * parallelism.context;
  if (ways === waysBefore) return turned;
  // How many replicas are left is a question of how many GPUs there are
  if (hardware.count === null || hardware.count % ways !== 0) return null;
  return { ...turned, data: hardware.count / ways };
}

function turnedTraining(run: DescribedRun, settings: Settings, { data }: Parallelism): Training | null {
  const { training, parallelism } = run;
  const microBatchSize = settings['training.micro_batch_size'] ?? training.microBatchSize;
  const replicas = parallelism.data === null || data === null ? 1 : data / parallelism.data;
  const sequences = training.microBatchSize * training.gradientAccumulationSteps;
  const gradientAccumulationSteps = sequences / (microBatchSize * replicas);
  if (!Number.isInteger(gradientAccumulationSteps)) return null;
  return {
    ...training,
    microBatchSize,
    gradientAccumulationSteps,
    activationCheckpointing: settings['training.activation_checkpointing'] ?? training.activationCheckpointing,
    activationOffload: settings['training.activation_offload'] ?? training.activationOffload,
    flashAttention: settings['training.flash_attention'] ?? training.flashAttention,
    fusedLoss: settings['training.fused_loss'] ?? training.fusedLoss,
    optimizer: settings['training.optimizer'] ?? training.optimizer,
  };
}

/** A knob that does nothing beside the others is not turned, and a pipeline is filled. */
function areMeaningful(settings: Settings, training: Training, parallelism: Parallelism): boolean {
  const { sharding, tensor, pipeline, context, data } = parallelism;
  const isSharded = sharding !== 'none' && sharding !== 'ddp';
  const offload = settings['parallelism.cpu_offload'];
  if (settings['training.activation_offload'] === true && training.activationCheckpointing === 'none') return false;
  if (settings['parallelism.sequence_parallel'] === true && tensor === 1) return false;
  if (settings['parallelism.sharding'] !== undefined && (data ?? 1) * context === 1) return false;
  if (offload !== undefined && !isSharded) return false;
  if (offload === 'parameters' && sharding !== 'zero3' && sharding !== 'hsdp') return false;
  return settings['parallelism.pipeline'] === undefined || training.gradientAccumulationSteps >= pipeline;
}

/** What the changed config will state: the range of an estimate depends on it. */
function statedBy(run: DescribedRun, settings: Settings, training: Training): Record<string, Fact<unknown>> {
  const stated: Record<string, Fact<unknown>> = {};
  for (const [field, value] of Object.entries(settings)) stated[field] = { value, authority: 'config', place: null };
  if (training.gradientAccumulationSteps !== run.training.gradientAccumulationSteps) {
    const field: RunField = 'training.gradient_accumulation_steps';
    stated[field] = { value: training.gradientAccumulationSteps, authority: 'config', place: null };
  }
  return stated;
}
