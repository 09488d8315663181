import type { Training } from '../../run/training.ts';
import { isBeforeTransformers5 } from '../trainers/trainer-version.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';
import { computeBytes, type StateBytes } from './state-bytes.ts';

/** Bytes of a frozen weight that is not quantized. */
export function frozenWeightBytes(training: Training, traits: TrainerTraits, bytes: StateBytes): 2 | 4 {
  const compute = computeBytes(training.precision);
  // DeepSpeed casts the whole model (DeepSpeedEngine, `_configure_distributed_model`).
  if (traits.engine === 'deepspeed') return compute;
  if (training.frozenPrecision !== undefined) return training.frozenPrecision === 'fp32' ? 4 : 2;
  // FSDP trainers keep frozen weights as fp32 shards too.
  if (traits.states === 'fsdp') return bytes.weight === 4 ? 4 : 2;
  // Where trained weights would be fp32 under autocast, so is the base of those who load it as it would be trained.
  const isFull = bytes.cast > 0 && training.quantization === null && loadsFullBase(training, traits);
  return isFull ? 4 : compute;
}

/** Where nobody states a version, it is taken as 5 or newer. */
function loadsFullBase(training: Training, { frozenBase }: TrainerTraits): boolean {
  return frozenBase === 'fp32' || (frozenBase === 'by-transformers' && isBeforeTransformers5(training) === true);
}

/** Whether a base that nobody states may be of either type: the program that loads it, or its libraries, decide. */
export function isBaseOpen(training: Training, { frozenBase, engine, states }: TrainerTraits): boolean {
  const isWhole =
    training.method === 'lora' && training.quantization === null && training.frozenPrecision === undefined;
  const isMixed = training.precision.endsWith('-mixed') || training.autocast === true;
  if (!isWhole || !isMixed || engine === 'deepspeed' || states !== 'accelerate') return false;
  return frozenBase === 'fp32' || (frozenBase === 'by-transformers' && isBeforeTransformers5(training) === null);
}
