import type { Parallelism } from '../run/training-run.ts';

/**
 * What differs between trainers as far as memory goes. The trainer decides these, not the model, and no config states
 * them; a trainer that is not in the list gets the traits of a plain PyTorch loop and a wider range.
 */
export interface TrainerTraits {
  /** Whether the traits are those of the trainer that runs it, or a guess. */
  readonly known: boolean;
  /** Which copies of the weights it keeps: see state-bytes.ts. */
  readonly states: 'megatron' | 'deepspeed' | 'fsdp' | 'accelerate' | 'torch';
  /** Bytes alive per logit at the peak of a cross-entropy that is neither fused nor compiled, over its versions. */
  readonly bytesPerLogit: readonly [low: number, likely: number, high: number];
  /** The same where the loss is fused but the logits exist; null where the head runs in chunks of tokens. */
  readonly bytesPerFusedLogit: number | null;
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
  states: 'torch',
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
  states: 'megatron',
  // bf16 logits and their fp32 copy, whose gradient is computed in place (Megatron-LM, vocab_parallel_cross_entropy).
  bytesPerLogit: [5, 6, 8],
  bytesPerFusedLogit: 4,
  fusedKernels: true,
  selectivePolicy: 'all-but-scores',
  foreachOptimizer: false,
};

const deepspeed: TrainerTraits = {
  ...plain,
  known: true,
  states: 'deepspeed',
  // The engine casts the whole model, so that logits, shifted copy, log-softmax and two gradients are all short.
  bytesPerLogit: [8, 10, 16],
  foreachOptimizer: false,
};

const fsdp: TrainerTraits = {
  ...plain,
  known: true,
  states: 'fsdp',
  // fp32 log-softmax, its gradient and the logits' gradient; the logits themselves are freed before.
  bytesPerLogit: [10, 12, 15],
  compilesLoss: 'newer',
  foreachOptimizer: false,
};

const huggingFace: TrainerTraits = {
  ...plain,
  known: true,
  states: 'accelerate',
  // The model's own logits, which its output holds on to; fp32 log-softmax and two gradients (transformers,
  // ForCausalLMLoss without a fused kernel). Older versions keep fp32 logits and a shifted copy.
  bytesPerLogit: [7, 14, 22],
  compilesLoss: 'never',
  expandsKeyValues: true,
  variableLengths: true,
  upcastsUnquantized: true,
};

const traits = new Map<string, TrainerTraits>([
  ['megatron-lm', megatron],
  ['megatron-bridge', megatron],
  ['megatron-deepspeed', megatron],
  ['nemo', megatron],
  ['deepspeed', deepspeed],
  ['gpt-neox', { ...deepspeed, bytesPerLogit: [5, 6, 8] }],
  // torchtitan's compiled loss keeps the bf16 logits and their gradient.
  ['torchtitan', { ...fsdp, bytesPerFusedLogit: 4, expandsKeyValues: true }],
  [
    'torchtune',
    { ...plain, known: true, bytesPerLogit: [10, 12, 15], bytesPerFusedLogit: 3.25, expandsKeyValues: true },
  ],
  ['litgpt', { ...plain, known: true, bytesPerLogit: [10, 12, 15], expandsKeyValues: true }],
  ['llm-foundry', { ...fsdp, bytesPerFusedLogit: 4, fusedKernels: true }],
  // Logits, shifted copy, log-softmax and gradient are all fp32, and the bf16 logits stay.
  [
    'prime-rl',
    { ...fsdp, bytesPerLogit: [14, 18, 21], compilesLoss: 'never', chunkTokens: 2048, expandableSegments: true },
  ],
  ['huggingface', huggingFace],
  ['trl', huggingFace],
  ['llama-factory', huggingFace],
  // Fitted to the trainer's own tables: the logits of the evaluation and of its accuracy are alive too.
  ['ms-swift', { ...huggingFace, bytesPerLogit: [8, 24, 50] }],
  ['axolotl', { ...huggingFace, fusedKernels: true, expandsKeyValues: false, upcastsUnquantized: false }],
  ['unsloth', { ...huggingFace, fusedKernels: true, expandsKeyValues: false, upcastsUnquantized: false }],
]);

/** Trainers that hand runs with tensor or pipeline parallelism over to Megatron Core. */
const overMegatron: readonly string[] = ['ms-swift'];

/** The traits of a trainer by its name in a config, or of a plain PyTorch loop where the name says nothing. */
export function trainerTraits(
  trainer: string | null,
  { tensor, pipeline }: Pick<Parallelism, 'tensor' | 'pipeline'> = { tensor: 1, pipeline: 1 },
): TrainerTraits {
  const name = trainer?.toLowerCase() ?? '';
  if (tensor * pipeline > 1 && overMegatron.includes(name)) return megatron;
  return traits.get(name) ?? plain;
}
