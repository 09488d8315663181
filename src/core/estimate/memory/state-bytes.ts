import type { Parallelism } from '../../run/parallelism.ts';
import type { Training } from '../../run/training.ts';
import { dividesStates } from './sharding.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';

/** Bytes that one trained parameter takes, before sharding. */
export interface StateBytes {
  readonly weight: number;
  readonly gradient: number;
  /** fp32 copies that the optimizer keeps besides its moments. */
  readonly master: number;
  /** One moment of the optimizer. */
  readonly moment: number;
  /** Cast copy of the weights that lives through forward and backward pass. */
  readonly cast: number;
  readonly source: string;
}

const fp32: StateBytes = {
  weight: 4,
  gradient: 4,
  master: 0,
  moment: 4,
  cast: 0,
  source: 'ZeRO, arXiv 1910.02054 §3.1',
};

const shortOnly: StateBytes = {
  weight: 2,
  gradient: 2,
  master: 0,
  moment: 2,
  cast: 0,
  source: 'torchtune docs, memory optimizations: everything in bf16',
};

/** fp32 weights, cast op by op; the casts are cached until the autocast region ends. */
const autocast: StateBytes = { ...fp32, cast: 2, source: 'PyTorch docs, torch.amp: autocast caches cast weights' };

/** fp32 shards, cast when they are gathered: the casts are counted as buffers. */
const fsdp: StateBytes = { ...fp32, source: 'PyTorch docs, fully_shard: MixedPrecisionPolicy' };

const deepspeed: StateBytes = {
  weight: 2,
  gradient: 2,
  master: 4,
  moment: 4,
  cast: 0,
  source: 'ZeRO, arXiv 1910.02054 §3.1',
};

const megatronSource = 'Megatron-LM docs, distributed optimizer: bytes per parameter';
const megatron: StateBytes = { weight: 2, gradient: 4, master: 4, moment: 4, cast: 0, source: megatronSource };
/** fp16 keeps fp32 gradients beside the fp16 ones, with the optimizer. */
const megatronFp16: StateBytes = { weight: 2, gradient: 2, master: 8, moment: 4, cast: 0, source: megatronSource };

/** Bytes per trained parameter, by precision, by what the trainer makes of it, and by what the config says of its own. */
export function stateBytes(
  training: Pick<Training, 'precision' | 'statePrecision'>,
  parallelism: Pick<Parallelism, 'sharding' | 'cpuOffload'>,
  traits: TrainerTraits,
): StateBytes {
  const usual = usualBytes(training.precision, parallelism, traits);
  const { gradient, master, moment } = training.statePrecision;
  return {
    ...usual,
    gradient: gradient === null ? usual.gradient : bytesOf[gradient],
    // Weights that are fp32 themselves have no copy.
    master: master === null || usual.weight === 4 ? usual.master : bytesOf[master],
    moment: moment === null ? usual.moment : bytesOf[moment],
  };
}

const bytesOf = { fp32: 4, bf16: 2, fp8: 1 };

function usualBytes(
  precision: Training['precision'],
  { sharding, cpuOffload }: Pick<Parallelism, 'sharding' | 'cpuOffload'>,
  { states, engine }: TrainerTraits,
): StateBytes {
  if (precision === 'fp32') return fp32;
  if (states === 'megatron') return precision.startsWith('fp16') ? megatronFp16 : megatron;
  // FSDP offloads all or nothing: an optimizer alone is DeepSpeed's.
  const isOpen = states === 'accelerate' && engine === null;
  const isDeepSpeed = isOpen && cpuOffload === 'optimizer' && dividesStates(sharding);
  if (engine === 'deepspeed' || isDeepSpeed) return deepspeed;
  const isShort = precision === 'bf16' || precision === 'fp16';
  const isFsdp = engine === 'fsdp' && (states === 'fsdp' || dividesStates(sharding));
  const isGathered = isFsdp || sharding === 'zero3' || sharding === 'hsdp';
  // Accelerate upcasts for FSDP where the precision is mixed alone (accelerate, `fsdp2_prepare_model`); what it shards
  // otherwise goes through DeepSpeed, which keeps an fp32 copy.
  if (isShort && (states !== 'accelerate' || isGathered || !dividesStates(sharding))) return shortOnly;
  if (isGathered) return fsdp;
  return dividesStates(sharding) ? deepspeed : autocast;
}

/** Bytes of one element in the type that the matrices are multiplied in; fp8 casts are transient. */
export function computeBytes(precision: Training['precision']): 2 | 4 {
  return precision === 'fp32' ? 4 : 2;
}
