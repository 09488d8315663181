import type { Parallelism } from '../run/training-run.ts';

/**
 * What differs between trainers as far as memory goes. The trainer decides these, not the model, and no config states
 * them; a trainer that is not in the list gets the traits of a plain PyTorch loop and a wider range.
 */
export interface TrainerTraits {
  /** Whether the traits are those of the trainer that runs it, or a guess. */
  readonly known: boolean;
  /**
   * What the traits rest on: measured runs of it or its family, its own code run on tensors without data, that code read
   * alone, or nothing.
   */
  readonly evidence: Evidence;
  /** Which copies of the weights it keeps: see state-bytes.ts. */
  readonly states: 'megatron' | 'deepspeed' | 'fsdp' | 'accelerate' | 'torch';
  /** What divides states over data parallel ranks; null where the trainer has several, or none. */
  readonly engine: Parallelism['shardingEngine'];
  /** Bytes alive per logit at the peak of a cross-entropy that is neither fused nor compiled, over its versions. */
  readonly bytesPerLogit: readonly [low: number, likely: number, high: number];
  /**
   * The same where the loss is fused or in chunks but something of each logit stays until the backward pass, plain and
   * compiled; null where a chunk goes backwards before the next one.
   */
  readonly bytesPerFusedLogit: readonly [eager: number, compiled: number] | null;
  /** Alive per logit of a loss that is compiled: inductor computes the softmax on the way. */
  readonly bytesPerCompiledLogit: number;
  /** Whether torch.compile covers the loss: where the model returns it, in newer versions only, or never. */
  readonly compilesLoss: 'always' | 'newer' | 'never';
  /** Tokens of a chunk of a fused loss, where the trainer fixes them. */
  readonly chunkTokens: number | null;
  /** Norms and gated activations are single kernels even without torch.compile. */
  readonly fusedKernels: boolean;
  /** Keys and values are repeated to the width of the queries before attention. */
  readonly expandsKeyValues: boolean;
  /** Logits stay divided over the tensor ranks unless the config says. */
  readonly lossParallel: boolean;
  /** What selective checkpointing keeps: every second matmul (torchtitan), or all but the scores (Megatron). */
  readonly selectivePolicy: 'every-second-matmul' | 'all-but-scores';
  /** Batches differ in length, so that cached blocks of memory fit badly. */
  readonly variableLengths: boolean;
  /** Sets the allocator to grow segments, so that blocks of one size serve those of another. */
  readonly expandableSegments: boolean;
  /** AdamW runs over all tensors at once and builds a temporary as large as one of its states. */
  readonly foreachOptimizer: boolean;
  /** How AdamW steps unless the config says, where neither `foreach` nor fused; null for these. */
  readonly optimizerImplementation: 'flat' | null;
  /** Version of FSDP: the root of the first keeps embedding and head gathered. */
  readonly fsdpVersion: 1 | 2;
  /** A loss in chunks gathers the head by itself, after the forward pass has given it back. */
  readonly chunksGatherHead: boolean;
  /** Query, key and value are one matrix, whatever the model has. */
  readonly fusedQkv: boolean;
  /** Norms of several kernels keep their normalized values in fp32. */
  readonly wideNorms: boolean;
  /** Experts' outputs are weighted in their own type. */
  readonly fusedWeighting: boolean;
  /** A fused loss is Liger's, which takes norms and gated activations along. */
  readonly fusesWithLoss: boolean;
  /** Adapters of one input keep it once, whatever their type. */
  readonly sharesAdapterInputs: boolean;
  /** Norms are single kernels, though other things are not. */
  readonly fusedNorms: boolean;
  /** Adapters over a base in a `-mixed` precision keep it in fp32, as the precision says; others load it short. */
  readonly keepsFullBase: boolean;
  /** Autocast is on where adapters train over a short base. */
  readonly autocastsAdapters: boolean;
  /** Share of what adapters read that is dropped unless the config says. */
  readonly adapterDropout: number;
  /** Under FSDP, gradients are reduced after each micro batch. */
  readonly reducesEachBatch: boolean;
  /** Type in which FSDP reduces gradients unless the config says; null for that of the matrices. */
  readonly reducePrecision: 'fp32' | 'bf16' | null;
  /** FSDP keeps frozen and trained weights in one flat parameter. */
  readonly flattensFrozen: boolean;
  /** Everything that is not quantized is cast to fp32 (PEFT's `prepare_model_for_kbit_training`). */
  readonly upcastsUnquantized: boolean;
}

export type Evidence = 'measured' | 'replayed' | 'read' | 'unknown';

const plain: TrainerTraits = {
  known: false,
  evidence: 'unknown',
  states: 'torch',
  engine: null,
  bytesPerLogit: [6, 14, 18],
  bytesPerFusedLogit: null,
  // bf16 logits or fp32 ones, and their gradient; nothing else is kept.
  bytesPerCompiledLogit: 6,
  compilesLoss: 'always',
  chunkTokens: null,
  fusedKernels: false,
  expandsKeyValues: false,
  lossParallel: false,
  selectivePolicy: 'every-second-matmul',
  variableLengths: false,
  expandableSegments: false,
  foreachOptimizer: true,
  optimizerImplementation: null,
  fsdpVersion: 2,
  chunksGatherHead: false,
  fusedQkv: false,
  wideNorms: false,
  fusedWeighting: false,
  fusesWithLoss: false,
  sharesAdapterInputs: false,
  fusedNorms: false,
  keepsFullBase: true,
  autocastsAdapters: false,
  adapterDropout: 0,
  // Loops that call `no_sync` or `set_requires_gradient_sync(False)`, as the docs of both FSDPs do, with an fp32 reduction.
  reducesEachBatch: false,
  reducePrecision: 'fp32',
  flattensFrozen: false,
  upcastsUnquantized: false,
};

const megatron: TrainerTraits = {
  ...plain,
  known: true,
  reducePrecision: null,
  evidence: 'measured',
  states: 'megatron',
  engine: 'megatron',
  lossParallel: true,
  fusedWeighting: true,
  // bf16 logits and their fp32 copy, whose gradient is computed in place (Megatron-LM, vocab_parallel_cross_entropy).
  bytesPerLogit: [5, 6, 8],
  bytesPerFusedLogit: [4, 4],
  fusedKernels: true,
  selectivePolicy: 'all-but-scores',
  foreachOptimizer: false,
};

const deepspeed: TrainerTraits = {
  ...plain,
  known: true,
  evidence: 'read',
  reducePrecision: null,
  fusesWithLoss: true,
  states: 'deepspeed',
  engine: 'deepspeed',
  // The engine casts the whole model. Models that leave the logits so keep 10: logits, shifted copy, log-softmax and two
  // gradients, all short; those that cast them for the loss (Llama and later, transformers) 12 and more, as below.
  bytesPerLogit: [8, 12, 16],
  foreachOptimizer: false,
};

const fsdp: TrainerTraits = {
  ...plain,
  known: true,
  evidence: 'read',
  reducePrecision: null,
  states: 'fsdp',
  engine: 'fsdp',
  lossParallel: true,
  // fp32 log-softmax, its gradient and the logits' gradient; the logits themselves are freed before.
  bytesPerLogit: [10, 12, 15],
  compilesLoss: 'newer',
  foreachOptimizer: false,
  reducesEachBatch: true,
};

const huggingFace: TrainerTraits = {
  ...plain,
  known: true,
  reducePrecision: null,
  evidence: 'measured',
  states: 'accelerate',
  fusesWithLoss: true,
  // Experts in one product for all (transformers 5, `grouped_mm`) are weighted in the type of the stream.
  fusedWeighting: true,
  // fp32 log-softmax, its gradient and the logits' gradient; the output and its logits are dropped before the backward pass
  // (transformers, ForCausalLMLoss, and `Trainer.compute_loss`, which gives back the loss alone). Older versions keep
  // fp32 logits and a shifted copy.
  bytesPerLogit: [7, 12, 20],
  compilesLoss: 'never',
  variableLengths: true,
  upcastsUnquantized: true,
  autocastsAdapters: true,
  // The default of transformers 5 is adamw_torch_fused.
  foreachOptimizer: false,
  reducesEachBatch: false,
};

const torchtune: TrainerTraits = {
  ...plain,
  known: true,
  evidence: 'measured',
  reducePrecision: null,
  lossParallel: true,
  // fp32 logits, their shifted copy and log-softmax; backwards log-softmax and two gradients.
  bytesPerLogit: [10, 12, 16],
  // Chunks are cast one by one, but autograd keeps the fp32 log-softmax of all, and the model's list of bf16 logits is
  // alive beside it: 6, and one chunk of eight. Compiled, the bf16 logits are what is kept, and the gradient of one chunk
  // of eight (CEWithChunkedOutputLoss).
  bytesPerFusedLogit: [6.5, 2.25],
  // The model casts its output outside of what is compiled (`TransformerDecoder.unembed`): fp32 logits and two gradients.
  bytesPerCompiledLogit: 10,
  chunksGatherHead: true,
  expandsKeyValues: true,
  reducesEachBatch: true,
};

const litgpt: TrainerTraits = {
  ...plain,
  known: true,
  evidence: 'measured',
  reducePrecision: null,
  engine: 'fsdp',
  fsdpVersion: 1,
  // Fabric casts what the model gives back to fp32 (`Precision.convert_output`): logits, log-softmax and two gradients.
  // Head and loss of fine-tuning run in chunks of 128 tokens (chunked_cross_entropy), whose fp32 logits and log-softmax all
  // stay, and one chunk goes backwards.
  bytesPerLogit: [10, 16, 18],
  bytesPerFusedLogit: [8.6, 8.6],
  fusedQkv: true,
  wideNorms: true,
  expandsKeyValues: true,
  adapterDropout: 0.05,
  reducesEachBatch: false,
  flattensFrozen: true,
};

/** Trainers whose models are those of transformers, sharded by FSDP. */
const fsdpOfTransformers: TrainerTraits = {
  ...fsdp,
  bytesPerLogit: [7, 14, 20],
  compilesLoss: 'never',
  expandsKeyValues: true,
};

/** Compiled by XLA as a whole, which allocates once and keeps what the schedule needs. */
const xla: TrainerTraits = {
  ...fsdp,
  bytesPerLogit: [4, 8, 12],
  compilesLoss: 'always',
  fusedKernels: true,
};

const traits = new Map<string, TrainerTraits>([
  ['megatron-lm', megatron],
  ['megatron-core', megatron],
  ['megatron-bridge', megatron],
  ['megatron-deepspeed', megatron],
  ['nemo', megatron],
  ['primus', megatron],
  // bf16 weights, fp32 gradients that accumulate, an fp32 copy with the optimizer (FP32GradientAccumulator); fp32 logits
  // and their exponentials besides the bf16 ones (sharded_cross_entropy).
  [
    'nanotron',
    { ...megatron, evidence: 'read', bytesPerLogit: [6, 10, 12], bytesPerFusedLogit: null, fusedKernels: false },
  ],
  ['deepspeed', deepspeed],
  ['colossalai', deepspeed],
  ['openrlhf', { ...deepspeed, bytesPerLogit: [8, 14, 20], expandsKeyValues: true, variableLengths: true }],
  // One flat fp32 tensor of all parameters under torch's AdamW, fp32 gradients beside bf16 ones (HybridZeroOptimizer).
  [
    'internevo',
    {
      ...megatron,
      // Its own table is 16 % above what this gives: it stands as wide as what was only read.
      evidence: 'read',
      fusedKernels: false,
      lossParallel: true,
      bytesPerFusedLogit: null,
      bytesPerLogit: [6, 12, 16],
      optimizerImplementation: 'flat',
    },
  ],
  // Logits are fp32 in the model's output, as transformers had them in 2024.
  [
    'fsdp-qlora',
    {
      ...fsdp,
      evidence: 'measured',
      fsdpVersion: 1,
      states: 'accelerate',
      bytesPerLogit: [10, 16, 20],
      compilesLoss: 'never',
      variableLengths: true,
      keepsFullBase: false,
    },
  ],
  ['gpt-neox', { ...deepspeed, bytesPerLogit: [5, 6, 8] }],
  // The classifier's kernel writes the gradient over the bf16 logits.
  ['llm.c', { ...deepspeed, bytesPerLogit: [2, 2, 4], fusedKernels: true }],
  // torchtitan's compiled loss keeps the bf16 logits and their gradient.
  ['torchtitan', { ...fsdp, evidence: 'measured', bytesPerFusedLogit: [4, 4], expandsKeyValues: true }],
  ['fms-fsdp', { ...fsdp, bytesPerLogit: [6, 8, 12], fsdpVersion: 1 }],
  ['lingua', fsdp],
  ['olmo', { ...fsdp, bytesPerLogit: [10, 12, 18], fsdpVersion: 1 }],
  ['open-lm', { ...fsdp, bytesPerLogit: [10, 14, 18], fsdpVersion: 1 }],
  ['nemo-automodel', fsdpOfTransformers],
  ['nemo-rl', fsdpOfTransformers],
  ['verl', { ...fsdpOfTransformers, variableLengths: true }],
  ['maxtext', xla],
  ['levanter', xla],
  ['torchtune', torchtune],
  ['litgpt', litgpt],
  // Autocast logits, their fp32 copy's log-softmax and two gradients; the optimizer is a fused kernel.
  [
    'nanogpt',
    {
      ...plain,
      known: true,
      evidence: 'read',
      reducesEachBatch: true,
      reducePrecision: null,
      bytesPerLogit: [10, 14, 16],
      foreachOptimizer: false,
    },
  ],
  ['llm-foundry', { ...fsdp, evidence: 'measured', bytesPerFusedLogit: [4, 4], fusedKernels: true, fsdpVersion: 1 }],
  // Logits, shifted copy, log-softmax and gradient are all fp32, and the bf16 logits stay.
  [
    'prime-rl',
    {
      ...fsdp,
      evidence: 'measured',
      bytesPerLogit: [14, 18, 21],
      compilesLoss: 'never',
      chunkTokens: 2048,
      expandableSegments: true,
    },
  ],
  ['huggingface', huggingFace],
  // A plain loop holds on to the model's output, and so to its logits.
  ['accelerate', { ...huggingFace, bytesPerLogit: [7, 14, 22], autocastsAdapters: false, foreachOptimizer: true }],
  ['trl', huggingFace],
  ['oumi', huggingFace],
  ['xtuner', { ...huggingFace, evidence: 'read' }],
  // It quantizes without PEFT's preparation (LLaMA-Factory, prepare_model_for_training).
  ['llama-factory', { ...huggingFace, upcastsUnquantized: false, keepsFullBase: false }],
  // Fitted to the trainer's own tables: the logits of the evaluation and of its accuracy are alive too.
  ['ms-swift', { ...huggingFace, bytesPerLogit: [8, 24, 50], keepsFullBase: false, adapterDropout: 0.05 }],
  ['axolotl', { ...huggingFace, fusedKernels: true, upcastsUnquantized: false, keepsFullBase: false }],
  // Its kernel writes the gradient over the logits (fast_cross_entropy_loss), and later versions never make them.
  [
    'unsloth',
    {
      ...huggingFace,
      evidence: 'read',
      bytesPerLogit: [2, 4, 14],
      fusedKernels: true,
      // LoRA_MLP and LoRA_QKV keep their input, gate and up.
      sharesAdapterInputs: true,
      upcastsUnquantized: false,
      keepsFullBase: false,
    },
  ],
]);

/** Trainers that hand runs with tensor or pipeline parallelism over to Megatron Core. */
const overMegatron: readonly string[] = ['ms-swift'];

/**
 * The traits of a trainer by its name in a config, or of a plain PyTorch loop where the name says nothing, with the engine
 * that the config says it shards by.
 */
export function trainerTraits(
  trainer: string | null,
  { tensor, pipeline, shardingEngine }: Pick<Parallelism, 'tensor' | 'pipeline' | 'shardingEngine'> = alone,
): TrainerTraits {
  const name = spelled(trainer ?? '');
  const own = traits.get(name) ?? plain;
  const isMegatron = shardingEngine === 'megatron' && own.states !== 'megatron';
  if (isMegatron || (tensor * pipeline > 1 && overMegatron.includes(name))) return megatron;
  if (shardingEngine === null) return own;
  // DeepSpeed casts the whole model (DeepSpeedEngine, `_configure_distributed_model`), whatever was cast to fp32 before.
  return shardingEngine === 'deepspeed'
    ? { ...own, engine: 'deepspeed', upcastsUnquantized: false }
    : { ...own, engine: shardingEngine };
}

/** `open_lm` and `OpenLM` are `open-lm`: separators and case do not make another trainer. */
function spelled(trainer: string): string {
  const letters = lettersOf(trainer);
  return namesByLetters.get(letters) ?? letters;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_ .]/g, '');
}

const namesByLetters: ReadonlyMap<string, string> = new Map([...traits.keys()].map((name) => [lettersOf(name), name]));

const alone = { tensor: 1, pipeline: 1, shardingEngine: null };
