import type { Parallelism } from '../run/training-run.ts';

/**
 * What differs between trainers as far as memory goes. The trainer decides these, not the model, and no config states
 * them; a trainer that is not in the list gets the traits of a plain PyTorch loop and a wider range.
 */
export interface TrainerTraits {
  /** Whether the traits are those of the trainer that runs it, or a guess. */
  readonly known: boolean;
  /** Whether its runs, or those of its family, have been held against the traits, rather than its code alone. */
  readonly measured: boolean;
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
  /** Whether torch.compile covers the loss: where the model returns it, in newer versions only, or never. */
  readonly compilesLoss: 'always' | 'newer' | 'never';
  /** Tokens of a chunk of a fused loss, where the trainer fixes them. */
  readonly chunkTokens: number | null;
  /** Norms and gated activations are single kernels even without torch.compile. */
  readonly fusedKernels: boolean;
  /** Keys and values are repeated to the width of the queries before attention. */
  readonly expandsKeyValues: boolean;
  /** What selective checkpointing keeps: every second matmul (torchtitan), or all but the scores (Megatron). */
  readonly selectivePolicy: 'every-second-matmul' | 'all-but-scores';
  /** Batches differ in length, so that cached blocks of memory fit badly. */
  readonly variableLengths: boolean;
  /** Sets the allocator to grow segments, so that blocks of one size serve those of another. */
  readonly expandableSegments: boolean;
  /** AdamW runs over all tensors at once and builds a temporary as large as one of its states. */
  readonly foreachOptimizer: boolean;
  /** Everything that is not quantized is cast to fp32 (PEFT's `prepare_model_for_kbit_training`). */
  readonly upcastsUnquantized: boolean;
}

const plain: TrainerTraits = {
  known: false,
  measured: false,
  states: 'torch',
  engine: null,
  bytesPerLogit: [6, 14, 18],
  bytesPerFusedLogit: null,
  compilesLoss: 'always',
  chunkTokens: null,
  fusedKernels: false,
  expandsKeyValues: false,
  selectivePolicy: 'every-second-matmul',
  variableLengths: false,
  expandableSegments: false,
  foreachOptimizer: true,
  upcastsUnquantized: false,
};

const megatron: TrainerTraits = {
  ...plain,
  known: true,
  measured: true,
  states: 'megatron',
  engine: 'megatron',
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
  states: 'fsdp',
  engine: 'fsdp',
  // fp32 log-softmax, its gradient and the logits' gradient; the logits themselves are freed before.
  bytesPerLogit: [10, 12, 15],
  compilesLoss: 'newer',
  foreachOptimizer: false,
};

const huggingFace: TrainerTraits = {
  ...plain,
  known: true,
  measured: true,
  states: 'accelerate',
  // The model's own logits, which its output holds on to; fp32 log-softmax and two gradients (transformers,
  // ForCausalLMLoss without a fused kernel). Older versions keep fp32 logits and a shifted copy.
  bytesPerLogit: [7, 14, 22],
  compilesLoss: 'never',
  expandsKeyValues: true,
  variableLengths: true,
  upcastsUnquantized: true,
};

const torchtune: TrainerTraits = {
  ...plain,
  known: true,
  // fp32 logits, their shifted copy and log-softmax; backwards log-softmax and two gradients.
  bytesPerLogit: [10, 12, 16],
  // Chunks are cast one by one, but autograd keeps the fp32 log-softmax of all, and the model's list of bf16 logits is
  // alive beside it: 6, and one chunk of eight. Compiled, the bf16 logits are what is kept (CEWithChunkedOutputLoss).
  bytesPerFusedLogit: [6.5, 3.25],
  expandsKeyValues: true,
};

const litgpt: TrainerTraits = {
  ...plain,
  known: true,
  // Head and loss always run in chunks of 128 tokens (chunked_cross_entropy): logits and log-softmax of all, in the type
  // of the model (2 + 2) or fp32 under autocast (2 + 4); pre-training keeps gradients of all chunks besides.
  bytesPerLogit: [4, 6, 10],
  bytesPerFusedLogit: [6, 6],
  expandsKeyValues: true,
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
    { ...megatron, measured: false, bytesPerLogit: [6, 10, 12], bytesPerFusedLogit: null, fusedKernels: false },
  ],
  ['deepspeed', deepspeed],
  ['colossalai', deepspeed],
  ['openrlhf', { ...deepspeed, bytesPerLogit: [8, 14, 20], expandsKeyValues: true, variableLengths: true }],
  ['gpt-neox', { ...deepspeed, bytesPerLogit: [5, 6, 8] }],
  // The classifier's kernel writes the gradient over the bf16 logits.
  ['llm.c', { ...deepspeed, bytesPerLogit: [2, 2, 4], fusedKernels: true }],
  // torchtitan's compiled loss keeps the bf16 logits and their gradient.
  ['torchtitan', { ...fsdp, measured: true, bytesPerFusedLogit: [4, 4], expandsKeyValues: true }],
  ['fms-fsdp', { ...fsdp, bytesPerLogit: [6, 8, 12] }],
  ['lingua', fsdp],
  ['olmo', { ...fsdp, bytesPerLogit: [10, 12, 18] }],
  ['open-lm', { ...fsdp, bytesPerLogit: [10, 14, 18] }],
  ['nemo-automodel', fsdpOfTransformers],
  ['nemo-rl', fsdpOfTransformers],
  ['verl', { ...fsdpOfTransformers, variableLengths: true }],
  ['maxtext', xla],
  ['levanter', xla],
  ['torchtune', torchtune],
  ['litgpt', litgpt],
  // Autocast logits, their fp32 copy's log-softmax and two gradients; the optimizer is a fused kernel.
  ['nanogpt', { ...plain, known: true, bytesPerLogit: [10, 14, 16], foreachOptimizer: false }],
  ['llm-foundry', { ...fsdp, bytesPerFusedLogit: [4, 4], fusedKernels: true }],
  // Logits, shifted copy, log-softmax and gradient are all fp32, and the bf16 logits stay.
  [
    'prime-rl',
    {
      ...fsdp,
      measured: true,
      bytesPerLogit: [14, 18, 21],
      compilesLoss: 'never',
      chunkTokens: 2048,
      expandableSegments: true,
    },
  ],
  ['huggingface', huggingFace],
  ['accelerate', huggingFace],
  ['trl', huggingFace],
  ['oumi', huggingFace],
  ['xtuner', { ...huggingFace, measured: false }],
  // It quantizes without PEFT's preparation (LLaMA-Factory, prepare_model_for_training).
  ['llama-factory', { ...huggingFace, upcastsUnquantized: false }],
  // Fitted to the trainer's own tables: the logits of the evaluation and of its accuracy are alive too.
  ['ms-swift', { ...huggingFace, bytesPerLogit: [8, 24, 50] }],
  ['axolotl', { ...huggingFace, fusedKernels: true, expandsKeyValues: false, upcastsUnquantized: false }],
  // Its kernel writes the gradient over the logits (fast_cross_entropy_loss), and later versions never make them.
  [
    'unsloth',
    {
      ...huggingFace,
      measured: false,
      bytesPerLogit: [2, 4, 14],
      fusedKernels: true,
      expandsKeyValues: false,
      upcastsUnquantized: false,
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
  const name = trainer?.toLowerCase() ?? '';
  const own = traits.get(name) ?? plain;
  const isMegatron = shardingEngine === 'megatron' && own.states !== 'megatron';
  if (isMegatron || (tensor * pipeline > 1 && overMegatron.includes(name))) return megatron;
  if (shardingEngine === null) return own;
  // DeepSpeed casts the whole model (DeepSpeedEngine, `_configure_distributed_model`), whatever was cast to fp32 before.
  return shardingEngine === 'deepspeed'
    ? { ...own, engine: 'deepspeed', upcastsUnquantized: false }
    : { ...own, engine: shardingEngine };
}

const alone = { tensor: 1, pipeline: 1, shardingEngine: null };
