import type { DescribedRun } from '../estimate/described-run.ts';
import { trainerTraits } from '../estimate/trainer-traits.ts';
import type { RunValues } from '../run/fields.ts';

/** The fields that may be turned to save memory: none changes what is learned but the precision of optimizer states. */
export type KnobField =
  | 'training.micro_batch_size'
  | 'training.flash_attention'
  | 'training.fused_loss'
  | 'parallelism.sharding'
  | 'training.activation_checkpointing'
  | 'parallelism.sequence_parallel'
  | 'parallelism.tensor'
  | 'parallelism.context'
  | 'parallelism.pipeline'
  | 'training.optimizer'
  | 'training.activation_offload'
  | 'parallelism.cpu_offload';

type Value<Field extends KnobField = KnobField> = RunValues[Field];

/** Values of knobs, by field. */
export type Settings = { readonly [Field in KnobField]?: Value<Field> };

/** A field that can be turned, and what it can be turned to: mild values first, those that save most last. */
export interface Knob {
  readonly field: KnobField;
  readonly values: readonly Value[];
  /** Time that turning it takes besides what an estimate may count, in words; null where it takes none. */
  readonly wait: string | null;
}

/**
 * What can be turned in a run, in the order in which people would: what costs nothing first, what moves data between
 * GPUs or to the CPU last. Sizes divide what they have to: tensor the heads, within a node (Megatron-LM, arXiv 2104.04473
 * §3.2), pipeline the layers, context twice the sequence, for its causal halves (Megatron Core docs, context parallel).
 */
export function knobsOf(run: DescribedRun): Knob[] {
  const { model, training, parallelism } = run;
  const { states, engine } = trainerTraits(training.trainer, parallelism);
  const can = { ...abilities[states], ...(states === 'accelerate' && engine === 'fsdp' ? fullyShard : {}) };
  const knob = (field: KnobField, values: readonly Value[], wait: string | null = null): Knob => ({
    field,
    values,
    wait,
  });
  const heads = model.numKeyValueHeads;
  const stages = parallelism.virtualPipeline;
  const tensors = greaterThan(parallelism.tensor, [2, 4, 8]).filter(
    (size) => model.numAttentionHeads % size === 0 && (heads % size === 0 || size % heads === 0),
  );
  const pipelines = greaterThan(parallelism.pipeline, [2, 4, 8, 16]).filter(
    (size) => model.numLayers % (size * stages) === 0,
  );
  const contexts = greaterThan(parallelism.context, [2, 4, 8, 16]).filter(
    (size) => training.sequenceLength % (2 * size) === 0,
  );
  const knobs = [
    knob('training.micro_batch_size', smallerDivisors(training.microBatchSize)),
    knob('training.flash_attention', training.flashAttention ? [] : [true]),
    knob('training.fused_loss', training.fusedLoss ? [] : [true]),
    knob(
      'parallelism.sharding',
      after(parallelism.sharding, can.sharding),
      'gathering and scattering over the network',
    ),
    knob('training.activation_checkpointing', after(training.activationCheckpointing, can.checkpointing)),
    knob('parallelism.sequence_parallel', can.split && !parallelism.sequenceParallel ? [true] : []),
    knob('parallelism.tensor', can.split ? tensors : [], 'reductions within each layer'),
    knob('parallelism.context', can.split ? contexts : [], 'keys and values sent around the ring'),
    knob('parallelism.pipeline', can.split ? pipelines : [], 'the bubble of the pipeline'),
    knob('training.optimizer', after(training.optimizer, can.optimizers), null),
    knob('training.activation_offload', training.activationOffload ? [] : [true], 'copies over the PCIe bus'),
    knob('parallelism.cpu_offload', after(parallelism.cpuOffload, can.offload), 'copies over the PCIe bus'),
  ];
  return knobs.filter(({ values }) => values.length > 0);
}

interface Abilities {
  readonly sharding: readonly Value<'parallelism.sharding'>[];
  readonly checkpointing: readonly Value<'training.activation_checkpointing'>[];
  readonly optimizers: readonly Value<'training.optimizer'>[];
  readonly offload: readonly Value<'parallelism.cpu_offload'>[];
  /** Has tensor, context and pipeline parallelism. */
  readonly split: boolean;
}

const plain: Abilities = {
  sharding: ['none', 'ddp', 'zero1', 'zero2', 'zero3'],
  checkpointing: ['none', 'selective', 'full'],
  optimizers: ['adamw', 'adamw-8bit', 'paged-adamw-8bit'],
  offload: ['none', 'optimizer', 'parameters'],
  split: true,
};

/** It offloads weights, gradients and states together (PyTorch docs, CPUOffloadPolicy). */
const fullyShard: Pick<Abilities, 'sharding' | 'offload'> = {
  sharding: ['none', 'ddp', 'hsdp', 'zero2', 'zero3'],
  offload: ['none', 'parameters'],
};

/** What trainers can do, by the traits that the estimate knows them by; each by its own documentation. */
const abilities: Record<ReturnType<typeof trainerTraits>['states'], Abilities> = {
  torch: plain,
  // Distributed optimizer; bitsandbytes' optimizers are not among its own (Megatron Core docs, optimizer).
  megatron: { ...plain, sharding: ['none', 'ddp', 'zero1'], optimizers: [], offload: ['none', 'optimizer'] },
  deepspeed: { ...plain, split: false },
  fsdp: { ...plain, ...fullyShard, optimizers: [] },
  // Recomputes whole layers or none (transformers, gradient_checkpointing).
  accelerate: { ...plain, checkpointing: ['none', 'full'], split: false },
};

/** The values behind the present one; none where that is not among them. */
function after<Option extends Value>(present: Value, options: readonly Option[]): readonly Option[] {
  const index = options.findIndex((option) => option === present);
  const behind = index === -1 ? [] : options.slice(index + 1);
  return behind.filter((option) => option !== 'ddp' && option !== 'hsdp');
}

function greaterThan(size: number, sizes: readonly number[]): number[] {
  return sizes.filter((other) => other > size && other % size === 0);
}

/** Divisors of a size below it, largest first, each at least a fifth smaller than the one before. */
function smallerDivisors(size: number): number[] {
  const kept: number[] = [];
  let last = size;
  for (let divisor = Math.floor(size / 2); divisor >= 1; divisor--) {
    if (size % divisor !== 0 || (divisor > 0.8 * last && divisor !== 1)) continue;
    kept.push(divisor);
    last = divisor;
  }
  return kept;
}
