import type { ModelShape } from '../../run/model-shape.ts';
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
  /** What a norm reads: autocast takes layer norms in fp32, with a copy of what is short (autocast_mode.h). */
  readonly normInput: 2 | 4;
  /** What a matrix gives back. */
  readonly output: 2 | 4;
  /** Each matrix casts its input by itself, and keeps the cast for its weight's gradient. */
  readonly castsInputs: boolean;
  /** What an adapter keeps of its input, and whether it is the input itself, which others may share. */
  readonly adapterInput: 2 | 4;
  readonly sharesAdapterInput: boolean;
  /** Weights are fp32, and each matrix casts its own. */
  readonly castsWeights: boolean;
  /** Autograd keeps the cast of each frozen weight. */
  readonly keepsFrozenCasts: boolean;
}

interface Run {
  readonly model: Pick<ModelShape, 'norm'>;
  readonly training: Training;
  readonly parallelism: Parallelism;
}

export function numerics(
  { model, training, parallelism }: Run,
  traits: TrainerTraits,
  bytes: StateBytes,
  { fp32Adapters, upcastsUnquantized }: { readonly fp32Adapters: boolean; readonly upcastsUnquantized: boolean },
): Numerics {
  const compute = computeBytes(training.precision);
  const isLora = training.method !== 'full';
  const isPrepared = isLora && training.quantization !== null && upcastsUnquantized;
  // An fp32 embedding makes an fp32 stream: under autocast only matrices are cast (PyTorch docs, torch.amp).
  const isWide = isLora ? isPrepared || frozenWeightBytes(training, traits, bytes) === 4 : bytes.cast > 0;
  const isWideStream = isWide && traits.states !== 'fsdp';
  const isCast = castsByGathering({ training, parallelism }, traits) || !fp32Adapters || compute === 4;
  const isAutocast = (isWideStream && compute === 2) || runsUnderAutocast({ training, parallelism }, traits);
  // A layer norm gives fp32 to the matrices behind it; bitsandbytes' give back the type that they are given
  // (Linear4bit.forward), and so the stream is fp32 too.
  const isWideNorm = isAutocast && model.norm === 'layernorm' && compute === 2;
  const isWideMatrix = isLora && training.quantization?.bits === 4 && (isPrepared || isWideNorm) && compute === 2;
  const residual = isWideStream || isWideMatrix ? 4 : compute;
  const castsInputs = (residual === 4 && compute === 2) || isWideNorm;
  return {
    compute,
    residual,
    normInput: isWideNorm ? 4 : residual,
    output: isWideMatrix ? 4 : compute,
    castsInputs,
    adapterInput: isCast || isAutocast ? compute : 4,
    sharesAdapterInput: (isCast && !castsInputs) || traits.sharesAdapterInputs,
    castsWeights: isWideStream && compute === 2,
    keepsFrozenCasts: isLora && isWideStream && compute === 2 && !isPrepared,
  };
}

/** FSDP 2 has its policy in the place of autocast (Accelerate docs, FSDP1 vs FSDP2), DeepSpeed casts the model itself. */
function runsUnderAutocast(
  { training, parallelism }: Pick<Run, 'training' | 'parallelism'>,
  traits: TrainerTraits,
): boolean {
  if (traits.engine === 'deepspeed' || computeBytes(training.precision) === 4) return false;
  if (!isShardedByFsdp(parallelism, traits)) return training.autocast ?? traits.autocastsAdapters;
  const version = parallelism.fsdpVersion ?? traits.fsdpVersion;
  return traits.states === 'accelerate' && version === 1 && training.precision.endsWith('-mixed');
}

/**
 * FSDP gathers weights of any stored type in the type of its policy. accelerate sets one where the precision is mixed alone
 * (accelerate, FullyShardedDataParallelPlugin, `set_mixed_precision`); without it everything stays as it is.
 */
function castsByGathering(
  { training, parallelism }: Pick<Run, 'training' | 'parallelism'>,
  traits: TrainerTraits,
): boolean {
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
