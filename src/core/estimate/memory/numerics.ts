import type { Parallelism } from '../../run/parallelism.ts';
import type { Training } from '../../run/training.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';
import { frozenWeightBytes } from './frozen-base.ts';
import { computeBytes, type StateBytes } from './state-bytes.ts';

/** Bytes of an element of each kind of activation: what autocast, adapters and quantization make of the model's own type. */
export interface Numerics {
  /** What matrices are multiplied in. */
  readonly compute: 2 | 4;
  /** The stream that layers add to. */
  readonly residual: 2 | 4;
  /** What a matrix gives back. */
  readonly output: 2 | 4;
  /** Each matrix casts its input by itself, and keeps the cast for its weight's gradient. */
  readonly castsInputs: boolean;
  /** What an adapter keeps of its input, and whether it is the input itself, which others may share. */
  readonly adapterInput: 2 | 4;
  readonly sharesAdapterInput: boolean;
  /** Autograd keeps the cast of each frozen weight. */
  readonly keepsFrozenCasts: boolean;
}

interface Run {
  readonly training: Training;
  readonly parallelism: Parallelism;
}

export function numerics(
  { training, parallelism }: Run,
  traits: TrainerTraits,
  bytes: StateBytes,
  { fp32Adapters, upcastsUnquantized }: { readonly fp32Adapters: boolean; readonly upcastsUnquantized: boolean },
): Numerics {
  const compute = computeBytes(training.precision);
  const isLora = training.method !== 'full';
  const isPrepared = isLora && training.quantization !== null && upcastsUnquantized;
  // An fp32 embedding makes an fp32 stream: under autocast only matrices are cast (PyTorch docs, torch.amp).
  const isWide = isLora ? isPrepared || frozenWeightBytes(training, traits, bytes) === 4 : bytes.cast > 0;
  const residual = isWide && traits.states !== 'fsdp' ? 4 : compute;
  const castsInputs = residual === 4 && compute === 2;
  // FSDP casts adapters as it gathers them (MixedPrecisionPolicy, param_dtype), so that they take the stream as it is.
  const isCast = castsByGathering({ training, parallelism }, traits) || !fp32Adapters || compute === 4;
  const isAutocast = castsInputs || (training.autocast ?? (traits.autocastsAdapters && traits.engine !== 'deepspeed'));
  return {
    compute,
    residual,
    // bitsandbytes gives back the type that it is given (Linear4bit.forward).
    output: isPrepared && castsInputs ? 4 : compute,
    castsInputs,
    adapterInput: isCast || isAutocast ? compute : 4,
    sharesAdapterInput: (isCast && !castsInputs) || traits.sharesAdapterInputs,
    keepsFrozenCasts: isLora && castsInputs && !isPrepared,
  };
}

/**
 * FSDP gathers weights of any stored type in the type of its policy. accelerate sets one where the precision is mixed alone
 * (accelerate, FullyShardedDataParallelPlugin, `set_mixed_precision`); without it everything stays as it is.
 */
function castsByGathering({ training, parallelism }: Run, traits: TrainerTraits): boolean {
  const hasPolicy = traits.states !== 'accelerate' || training.precision.endsWith('-mixed');
  return hasPolicy && isShardedByFsdp(parallelism, traits);
}

/** Its own trainers use FSDP on one GPU as well. */
export function isShardedByFsdp(
  { sharding, cpuOffload }: Pick<Parallelism, 'sharding' | 'cpuOffload'>,
  { engine, states }: TrainerTraits,
): boolean {
  if (states === 'fsdp') return true;
  const shards = sharding === 'zero3' || sharding === 'hsdp';
  // An optimizer that is offloaded alone is DeepSpeed's.
  if (engine === null) return shards && states !== 'megatron' && cpuOffload !== 'optimizer';
  return engine === 'fsdp' && (shards || sharding === 'zero2');
}
