import type { Training } from '../../run/training.ts';
import type { TrainingRun } from '../../run/training-run.ts';
import { gibibyte } from '../../units/bytes.ts';
import { isBeforeTransformers5 } from '../trainers/trainer-version.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';
import { lossCircumstances, type LossCircumstances } from './loss-circumstances.ts';
import { isShardedByFsdp } from './numerics.ts';
import type { Outlook } from './outlook.ts';
import { stateBytes } from './state-bytes.ts';

/** What no config states and memory still depends on: kernels, data, allocator, driver. */
export interface Circumstances extends LossCircumstances {
  readonly fusedKernels: boolean;
  /** The kernel of a gated activation writes the gradients of gate and up over these. */
  readonly gatedInPlace: boolean;
  readonly recomputesGatedProduct: boolean;
  /** Norms are one kernel, whatever else is. */
  readonly fusedNorms: boolean;
  readonly expandedKeyValues: boolean;
  /** Masks of dropout on hidden states are kept. */
  readonly dropout: boolean;
  /** What the trainer's kernels keep, over what the operators need. */
  readonly savedShare: number;
  /** Gradients of activations alive at once, over those of one operator after the other. */
  readonly workingShare: number;
  /** Adapters and their states are fp32. */
  readonly fp32Adapters: boolean;
  /** What adapters read is dropped out. */
  readonly adapterDropout: boolean;
  /** Frozen matrices keep their input too. */
  readonly keepsFrozenInputs: boolean;
  /** The optimizer works on all tensors at once, with temporaries as large as one of its states. */
  readonly foreachOptimizer: boolean;
  /** The optimizer works on one tensor of all parameters. */
  readonly flatOptimizer: boolean;
  /** Query, key and value are one matrix, and one adapter's. */
  readonly fusedQkv: boolean;
  /** The model's code is that of transformers, with its operators as they are. */
  readonly transformersModel: boolean;
  /** Norms of several kernels keep normalized values in fp32. */
  readonly wideNorms: boolean;
  /** Memory that a process can have, which fragmentation fills at most. */
  readonly capacityBytes: number;
  /** Experts' outputs are weighted inside a kernel. */
  readonly fusedWeighting: boolean;
  /** Tokens that the busiest expert rank has room for, over the average. */
  readonly expertImbalance: number;
  /** Share of the sequence length that the longest batch fills. */
  readonly fill: number;
  /** Frozen weights outside the quantized matrices are cast to fp32. */
  readonly upcastsUnquantized: boolean;
  /** Experts are quantized with the other matrices. */
  readonly quantizesExperts: boolean;
  /** Gradients stay whole on each rank while they accumulate. */
  readonly wholeGradients: boolean;
  /** Memory that the allocator holds and cannot use, as a share of what comes and goes within a step. */
  readonly fragmentation: number;
  /** The same, as a share of the optimizer states that settled in blocks which activations had left. */
  readonly displacement: number;
  /** Workspaces of matrix kernels, inside the allocator. */
  readonly workspaceBytes: number;
  readonly contextBytes: number;
  readonly communicatorBytes: number;
  /** What the config states in words that nobody knows, as it is taken here. */
  readonly optimizer: Training['optimizer'];
  readonly activationCheckpointing: Exclude<Training['activationCheckpointing'], 'unknown'>;
}

/** The range is as wide as the config leaves things open: a fact that it states, or that its trainer fixes, has no range. */
export function circumstances(run: TrainingRun, traits: TrainerTraits, outlook: Outlook): Circumstances {
  const { compile, fusedLoss, optimizer, activationCheckpointing } = run.training;
  const pick = <Value>(low: Value, likely: Value, high: Value): Value => ({ low, likely, high })[outlook];
  const { fusedKernels = compile || traits.fusedKernels || (fusedLoss && traits.fusesWithLoss) } = run.training;
  return {
    ...lossCircumstances(run, traits, outlook),
    fusedKernels: fusedKernels || (outlook === 'low' && run.training.fusedKernels === undefined),
    gatedInPlace: traits.recomputesGatedProduct || (fusedLoss && traits.fusesWithLoss),
    recomputesGatedProduct: traits.recomputesGatedProduct,
    fusedNorms: traits.fusedNorms,
    expandedKeyValues: pick(
      traits.known && traits.expandsKeyValues,
      traits.expandsKeyValues,
      traits.expandsKeyValues || !traits.known,
    ),
    dropout: dropout(run, traits, outlook),
    savedShare: savedShare(run, traits, outlook),
    workingShare: pick(0.6, 1, 1.6),
    fp32Adapters: fp32Adapters(run, traits, outlook),
    adapterDropout: (run.training.adapter?.dropout ?? traits.adapterDropout) > 0,
    keepsFrozenInputs: keepsFrozenInputs(run, traits, outlook),
    wholeGradients: wholeGradients(run, traits, outlook),
    foreachOptimizer: foreachOptimizer(run, traits, outlook),
    flatOptimizer: (run.training.optimizerImplementation ?? traits.optimizerImplementation) === 'flat',
    fusedQkv: traits.fusedQkv,
    transformersModel: traits.states === 'accelerate' || traits.engine === 'deepspeed',
    wideNorms: traits.wideNorms,
    capacityBytes: outlook === 'high' ? Infinity : capacityOf(run),
    fusedWeighting: traits.fusedWeighting || outlook === 'low',
    expertImbalance: expertImbalance(run, outlook),
    ...data(run, traits, outlook),
    upcastsUnquantized:
      run.training.quantization?.prepared ?? pick(false, traits.upcastsUnquantized, traits.upcastsUnquantized),
    quantizesExperts: quantizesExperts(run, traits, outlook),
    displacement: displacement(run, traits, outlook),
    workspaceBytes: pick(0, 64e6, 300e6),
    contextBytes: pick(0.3, 0.9, 1.4) * gibibyte,
    optimizer: optimizer === 'unknown' ? pick('sgd', 'adamw', 'ademamix') : optimizer,
    activationCheckpointing:
      activationCheckpointing === 'unknown' ? pick('full', 'full', 'none') : activationCheckpointing,
    communicatorBytes: run.hardware.count === 1 ? 0 : pick(0.1, 0.8, 2) * gibibyte,
  };
}

/** Of a GPU that is known by its size alone, all of it. */
function capacityOf({ hardware: { gpu } }: TrainingRun): number {
  return gpu?.usableMemoryBytes ?? gpu?.memoryBytes ?? Infinity;
}

/** Experts with a capacity have buffers of that size, filled or not (GShard, arXiv 2006.16668 §2.2). */
function expertImbalance({ model }: TrainingRun, outlook: Outlook): number {
  const capacity = model?.moe?.capacityFactor;
  return capacity ?? { low: 1, likely: 1, high: 1.5 }[outlook];
}

/** Selective policies change between versions; what a whole layer keeps follows from its operators. */
function savedShare({ training }: TrainingRun, { evidence }: TrainerTraits, outlook: Outlook): number {
  const isHeld = evidence === 'measured' || evidence === 'replayed';
  if (outlook === 'likely') return 1;
  // Eager float8 casts may be kept besides what is cast.
  if (outlook === 'high' && training.precision === 'fp8-mixed' && !training.compile) return 2.5;
  if (training.activationCheckpointing === 'selective') return outlook === 'low' ? 0.75 : 1.25;
  return outlook === 'low' ? (isHeld ? 0.9 : 0.8) : isHeld ? 1.12 : 1.25;
}

/**
 * PEFT casts adapters to fp32 (`autocast_adapter_dtype`), though trainers on top of it may cast them back; elsewhere they
 * are in the type of trained weights, as they are where DeepSpeed casts the whole model.
 */
function fp32Adapters({ training, parallelism }: TrainingRun, traits: TrainerTraits, outlook: Outlook): boolean {
  const stated = training.adapter?.dtype ?? null;
  // A model that is divided as it is built (`zero.Init`) is not cast afterwards.
  const isCast = traits.engine === 'deepspeed' && parallelism.sharding !== 'zero3';
  if (isCast && training.precision !== 'fp32') return false;
  if (stated !== null) return stated === 'fp32';
  if (traits.states === 'accelerate') return outlook !== 'low';
  const isUsual = stateBytes(training, parallelism, traits).weight === 4;
  return isUsual || (outlook === 'high' && !traits.known);
}

/** transformers before version 5 steps over all tensors at once by default, as a plain loop does. */
function foreachOptimizer({ training }: TrainingRun, traits: TrainerTraits, outlook: Outlook): boolean {
  if (training.optimizerImplementation !== undefined) return training.optimizerImplementation === 'foreach';
  const isOpen = !traits.known || (traits.states === 'accelerate' && isBeforeTransformers5(training) !== false);
  return { low: false, likely: traits.foreachOptimizer, high: traits.foreachOptimizer || isOpen }[outlook];
}

/**
 * DeepSpeed's linear of stage 3 keeps the input of each matrix (`LinearFunctionForZeroStage3`, zero/linear.py), and so did
 * bitsandbytes' 4-bit one before 0.43.2 (`MatMul4Bit`, July 2024).
 */
function keepsFrozenInputs(
  { parallelism, training }: TrainingRun,
  { engine }: TrainerTraits,
  outlook: Outlook,
): boolean {
  const mayBeOld = training.quantization?.bits === 4 && training.trainerVersion === undefined;
  return (engine === 'deepspeed' && parallelism.sharding === 'zero3') || (mayBeOld && outlook === 'high');
}

/**
 * FSDP in `no_sync` adds up whole gradients on each rank (PyTorch, `FullyShardedDataParallel.no_sync`;
 * `set_requires_gradient_sync(False)`); accelerate enters it for every micro batch but the last (transformers,
 * `Trainer.training_step`).
 */
function wholeGradients({ training, parallelism }: TrainingRun, traits: TrainerTraits, outlook: Outlook): boolean {
  if (training.gradientAccumulationSteps === 1 || !isShardedByFsdp(parallelism, traits)) return false;
  if ((parallelism.data ?? 1) * parallelism.context === 1) return false;
  if (parallelism.syncEachBatch !== undefined) return !parallelism.syncEachBatch;
  return traits.reducesEachBatch ? false : traits.known || outlook !== 'low';
}

/**
 * transformers 5 keeps the experts of a layer in one tensor, which bitsandbytes passes over: it replaces linear layers alone
 * (transformers, integrations/bitsandbytes.py, `replace_with_bnb_linear`). In versions before each was one.
 */
function quantizesExperts({ training }: TrainingRun, { states }: TrainerTraits, outlook: Outlook): boolean {
  const { kind = 'nf4' } = training.quantization ?? {};
  const isOfBitsandbytes = kind === 'nf4' || kind === 'fp4' || kind === 'int8';
  if (states !== 'accelerate' || !isOfBitsandbytes) return true;
  return isBeforeTransformers5(training) ?? outlook === 'low';
}

/** GPT models of Megatron-LM drop out a tenth unless told not to (`--hidden-dropout`); gated models leave it out. */
function dropout({ model, training }: TrainingRun, { states }: TrainerTraits, outlook: Outlook): boolean {
  if (training.dropout !== null) return training.dropout > 0;
  const isPlain = model !== null && !model.gatedMlp;
  return isPlain && (states === 'megatron' ? outlook !== 'low' : outlook === 'high');
}

/** A sequence length is a maximum where batches are padded, and blocks of one length serve another badly. */
function data(
  { training }: TrainingRun,
  traits: TrainerTraits,
  outlook: Outlook,
): Pick<Circumstances, 'fill' | 'fragmentation'> {
  const isVariable = training.packing === null ? traits.variableLengths : !training.packing;
  if (isVariable)
    return {
      fill: { low: 0.6, likely: 1, high: 1 }[outlook],
      fragmentation: { low: 0.02, likely: 0.18, high: 0.4 }[outlook],
    };
  return { fill: 1, fragmentation: { low: 0.02, likely: 0.11, high: 0.2 }[outlook] };
}

/**
 * FSDP gathers weights on a stream of its own, and blocks of one stream do not serve another; compiled layers allocate
 * in fewer sizes, and growing segments serve any.
 */
function displacement(run: TrainingRun, traits: TrainerTraits, outlook: Outlook): number {
  const { sharding, data, context } = run.parallelism;
  const gathers = sharding === 'zero3' || sharding === 'hsdp' || (sharding === 'zero2' && traits.engine === 'fsdp');
  if (!gathers || (data ?? 1) * context === 1 || traits.expandableSegments) return 0;
  return run.training.compile ? { low: 0, likely: 0.7, high: 1.2 }[outlook] : { low: 0, likely: 1, high: 1.3 }[outlook];
}
