import type { Scale } from '../plan/plan.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Parallelism } from '../run/parallelism.ts';
import type { Adapter, Quantization, Training } from '../run/training.ts';
import type { RunField } from '../run/fields.ts';
import { formatCount } from '../units/count.ts';
import { isStatedOfRun, type Ledger } from './ledger.ts';
import { prequantizedBits, prequantizedKind } from './prequantized.ts';

/** What an encoder of images works on at once, which its image fixes; null for what reads words. */
function patchesOf(model: ModelShape | null): number | null {
  return model !== null && model.vocabSize === 0 && model.learnedPositions > 0 ? model.learnedPositions : null;
}

/** Batch, precision, optimizer and duration. `scale` is the plan's row for the run: its samples serve where nothing else is stated. */
export function resolveTraining(
  ledger: Ledger,
  parallelism: Parallelism,
  model: ModelShape | null,
  scale: Scale | null,
): Training {
  const method = resolveMethod(ledger);
  const sequenceLength =
    ledger.stated('training.sequence_length') ??
    ledger.stated('model.max_position_embeddings') ??
    patchesOf(model) ??
    ledger.value('training.sequence_length', 2048, 'not stated');
  const batch = resolveBatch(ledger, parallelism.data);
  const tokens = resolveTokens(ledger, sequenceLength, batch.globalBatchSize, scale);
  const tokensPerStep = batch.globalBatchSize === null ? null : batch.globalBatchSize * sequenceLength;
  const steps = tokens === null || tokensPerStep === null ? ledger.stated('training.steps') : tokens / tokensPerStep;
  const named = method === 'full' ? null : bitsByName(ledger);
  const bits = ledger.valueOr('training.quantization.bits', named ?? 4);
  const quantized = method === 'qlora' || named !== null || ledger.facts['training.quantization.bits'] !== undefined;
  return {
    trainer: ledger.stated('training.trainer'),
    method,
    adapter: method === 'lora' || method === 'qlora' ? resolveAdapter(ledger) : null,
    sequenceLength,
    ...batch,
    precision: ledger.value('training.precision', 'bf16-mixed', 'not stated'),
    optimizer: ledger.value('training.optimizer', 'adamw', 'not stated'),
    activationCheckpointing: ledger.value('training.activation_checkpointing', 'none', 'not stated'),
    checkpointLayers: ledger.valueOr('training.checkpoint_layers', 1),
    recomputeModules: ledger.valueOr('training.recompute_modules', []),
    activationOffload: ledger.valueOr('training.activation_offload', false),
    flashAttention: ledger.value('training.flash_attention', true, 'not stated'),
    fusedLoss: ledger.value('training.fused_loss', false, 'not stated; the full logits are kept'),
    compile: ledger.valueOr('training.compile', false),
    ...resolveOptional(ledger),
    packing: ledger.stated('training.packing'),
    optimizerRank: ledger.stated('training.optimizer_rank'),
    optimizerInBackward: ledger.valueOr('training.optimizer_in_backward', false),
    statePrecision: {
      gradient: ledger.stated('training.gradient_precision'),
      master: ledger.stated('training.master_precision'),
      moment: ledger.stated('training.moment_precision'),
    },
    ema: ledger.valueOr('training.ema', false),
    referenceModel: ledger.valueOr('training.reference_model', false),
    pairedSamples: ledger.valueOr('training.paired_samples', false),
    dropout: ledger.stated('training.dropout'),
    quantization: quantized ? resolveQuantization(ledger, bits) : null,
    tokens,
    steps,
    checkpointShare: resolveCheckpointShare(ledger, steps),
    log: ledger.stated('training.log'),
  };
}

/** Of a checkpoint that is quantized nothing is trained but what is added to it: all of it only where somebody says so. */
function resolveMethod(ledger: Ledger): Training['method'] {
  const method = ledger.valueOr('training.method', 'full');
  const isStated = (ledger.facts['training.method']?.authority ?? 'default') !== 'default';
  if (method !== 'full' || isStated || prequantizedBits(ledger.stated('model.id') ?? '') === null) return method;
  ledger.assume(
    'training.method',
    'unknown',
    'the checkpoint is quantized by its name, and nothing says what is trained',
  );
  return 'unknown';
}

/** The width of a checkpoint that is quantized by its name, where nothing states it. */
function bitsByName(ledger: Ledger): 4 | 8 | null {
  const bits = prequantizedBits(ledger.stated('model.id') ?? '');
  if (bits === null || ledger.facts['training.quantization.bits'] !== undefined) return null;
  ledger.assume('training.quantization.bits', bits, 'the checkpoint is quantized by its name');
  return bits;
}

/** What most runs do not have, and what is absent unless somebody states it. */
function resolveOptional(ledger: Ledger) {
  return {
    ...(ledger.valueOr('training.freeze_language_model', false) ? { frozenDecoder: true } : {}),
    ...(ledger.valueOr('training.rollouts', false) ? { rollouts: true } : {}),
    ...ledger.statedOnly({
      trainerVersion: 'training.trainer_version',
      autocast: 'training.autocast',
      frozenPrecision: 'training.frozen_precision',
      optimizerImplementation: 'training.optimizer_implementation',
      recomputeLayers: 'training.recompute_layers',
      fusedKernels: 'training.fused_kernels',
      tiledMlp: 'training.tiled_mlp',
      meanDocumentLength: 'training.mean_document_length',
      encoderSequenceLength: 'training.encoder_sequence_length',
      measuredMfu: 'training.mfu',
      engineMemoryShare: 'training.engine_memory_share',
    }),
  };
}

function resolveQuantization(ledger: Ledger, bits: Quantization['bits']): Quantization {
  const kind = prequantizedKind(ledger.stated('model.id') ?? '');
  return {
    bits,
    double: ledger.valueOr('training.quantization.double', false),
    ...(kind === null ? {} : { kind }),
    ...ledger.statedOnly({
      kind: 'training.quantization.kind',
      head: 'training.quantization.head',
      prepared: 'training.quantization.prepared',
    }),
  };
}

function resolveAdapter(ledger: Ledger): Adapter {
  return {
    rank: ledger.value('training.lora.rank', 8, 'not stated; the default of PEFT'),
    targetModules: ledger.value(
      'training.lora.target_modules',
      ['q_proj', 'v_proj'],
      'not stated; as in the LoRA paper',
    ),
    adapters: ledger.valueOr('training.lora.adapters', 1),
    dora: ledger.valueOr('training.lora.dora', false),
    dtype: ledger.stated('training.lora.dtype'),
    ...ledger.statedOnly({ dropout: 'training.lora.dropout' }),
    trainedModules: ledger.valueOr('training.lora.trained_modules', []),
  };
}

type Batch = Pick<Training, 'microBatchSize' | 'gradientAccumulationSteps' | 'globalBatchSize'>;

/** global = micro × accumulation × data parallel: the one that is missing follows, three that disagree are a problem. */
function resolveBatch(ledger: Ledger, data: number | null): Batch {
  const global =
    ledger.facts['training.global_batch_size'] === undefined ? null : ledger.stated('training.global_batch_size');
  const accumulation = ledger.stated('training.gradient_accumulation_steps');
  const derivesMicro = global !== null && accumulation !== null && data !== null && !statesMicro(ledger);
  if (derivesMicro) {
    const micro = divide(ledger, global, accumulation * data, 'accumulation × data parallel');
    return { microBatchSize: micro, gradientAccumulationSteps: accumulation, globalBatchSize: global };
  }
  const micro = ledger.value('training.micro_batch_size', 1, 'not stated');
  if (accumulation === null && global !== null && data !== null && cutsMicroBatches.has(ledger.dialect)) {
    const ofRank = Math.max(1, Math.ceil(global / data));
    const cut = Math.min(micro, ofRank);
    return { microBatchSize: cut, gradientAccumulationSteps: Math.ceil(ofRank / cut), globalBatchSize: global };
  }
  if (accumulation === null && global !== null && data !== null) {
    const steps = divide(ledger, global, micro * data, 'micro × data parallel');
    return { microBatchSize: micro, gradientAccumulationSteps: steps, globalBatchSize: global };
  }
  const steps = accumulation ?? 1;
  const product = data === null ? null : micro * steps * data;
  if (global !== null && product !== null && global !== product && isBatchCertain(ledger)) {
    ledger.problem(
      'contradiction',
      'training.global_batch_size',
      `${global} is not ${micro} (micro) × ${steps} (accumulation) × ${data ?? 1} (data parallel) = ${product}.`,
      'State two of the three, or make them agree.',
    );
  }
  return { microBatchSize: micro, gradientAccumulationSteps: steps, globalBatchSize: global ?? product };
}

function statesMicro(ledger: Ledger): boolean {
  const fact = ledger.facts['training.micro_batch_size'];
  return fact !== undefined && (isStatedOfRun(fact) || fact.authority === 'policy');
}

/**
 * Dialects whose batch is of prompts, each with several answers of any length, generated on GPUs that need not all train
 * (verl, `ppo_mini_batch_size * rollout.n`; NeMo-RL, `num_generations_per_prompt`): its size need not be a multiple.
 */
const batchesOfPrompts: ReadonlySet<string> = new Set(['verl', 'nemo-rl']);

/**
 * Dialects whose micro batch is the most that a GPU takes at once: a smaller share of the batch is taken whole, and one that
 * it does not divide leaves a smaller last piece (Composer, `device_train_microbatch_size`; OLMo has it too).
 */
const cutsMicroBatches: ReadonlySet<string> = new Set(['llm-foundry', 'olmo']);

/** Dialects that are read from a program, in part: how the run is split may be said where nobody looks. */
const readInPart: ReadonlySet<string> = new Set(['megatron-bridge']);

/** Whether the config states all of what a batch is made of: part of the facts contradicts nothing. */
function isBatchCertain(ledger: Ledger): boolean {
  const isOwn = (field: RunField): boolean => ledger.facts[field] === undefined || ledger.isFromConfig(field);
  const split = ['parallelism.tensor', 'parallelism.pipeline', 'parallelism.context'] as const;
  const batch = ['training.micro_batch_size', 'training.gradient_accumulation_steps'] as const;
  if (readInPart.has(ledger.dialect) && !split.every((field) => ledger.isFromConfig(field))) return false;
  const stated = ['hardware.count', 'training.global_batch_size'] as const;
  return stated.every((field) => ledger.isFromConfig(field)) && [...split, ...batch].every(isOwn);
}

function divide(ledger: Ledger, global: number, divisor: number, what: string): number {
  if (global % divisor !== 0 && !batchesOfPrompts.has(ledger.dialect) && isBatchCertain(ledger)) {
    const below = Math.floor(global / divisor) * divisor;
    ledger.problem(
      'contradiction',
      'training.global_batch_size',
      `${what} = ${divisor} does not divide ${global}.`,
      below === 0 ? `Try ${divisor}.` : `Try ${below} or ${below + divisor}.`,
    );
  }
  return Math.max(1, Math.round(global / divisor));
}

/** How long it trains, in tokens: stated in one of four ways, else the plan's samples for the run's scale, else unknown. */
function resolveTokens(
  ledger: Ledger,
  sequenceLength: number,
  globalBatchSize: number | null,
  scale: Scale | null,
): number | null {
  const tokens = ledger.stated('training.tokens');
  if (tokens !== null) return tokens;
  const samples = ledger.stated('training.samples');
  if (samples !== null) return samples * sequenceLength;
  const steps = ledger.stated('training.steps');
  if (steps !== null && globalBatchSize !== null) return steps * globalBatchSize * sequenceLength;
  const epochs = ledger.stated('training.epochs');
  const datasetTokens = ledger.stated('training.dataset_tokens');
  if (datasetTokens !== null) return datasetTokens * (epochs ?? 1);
  if (steps === null && epochs === null && scale?.samples != null) {
    const planned = scale.samples.value * sequenceLength;
    const reason = `not stated; the plan's ${scale.samples.text} samples of ${scale.name}, each a full sequence of ${sequenceLength} tokens`;
    ledger.assume('training.tokens', formatCount(planned), reason);
    return planned;
  }
  ledger.cannotKnow('compute.tokens', whyNoTokens(steps, epochs));
  return null;
}

function whyNoTokens(steps: number | null, epochs: number | null): string {
  if (steps !== null)
    return 'steps are stated but not the global batch: state hardware.count or training.global_batch_size';
  if (epochs !== null) return 'epochs are stated but not the size of the data: state training.dataset_tokens';
  return 'nothing says how long it trains: state training.tokens, samples or steps';
}

function resolveCheckpointShare(ledger: Ledger, steps: number | null): number | null {
  const every = ledger.stated('training.checkpoint_every');
  if (typeof every === 'string') return Number.parseFloat(every) / 100;
  if (every === null || steps === null) return null;
  return Math.min(1, every / steps);
}
