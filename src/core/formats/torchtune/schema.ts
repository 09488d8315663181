import { z } from 'zod';
import { knownOptimizer } from '../known-optimizer.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

const degree = as(z.int().min(-1).max(100_000));

/** `torch.optim.AdamW`, `bitsandbytes.optim.PagedAdamW8bit`: the class at the end. */
const optimizerClass = z
  .string()
  .max(300)
  .transform((path) => path.split('.').at(-1) ?? path)
  .pipe(knownOptimizer);

/** What is read of the config of a torchtune recipe; every other key is let be. */
export const Torchtune = z.object({
  model: z.object({
    _component_: z.string().max(300),
    lora_rank: valueOf('training.lora.rank'),
    lora_attn_modules: z.array(z.string().max(200)).max(100).nullish(),
    apply_lora_to_mlp: flag,
    apply_lora_to_output: flag,
    quantize_base: flag,
    use_dora: flag,
    lora_dropout: valueOf('training.lora.dropout'),
  }),
  tokenizer: z.object({ max_seq_len: valueOf('training.sequence_length') }).nullish(),
  batch_size: valueOf('training.micro_batch_size'),
  gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
  epochs: as(z.number().min(0).max(1e6)),
  max_steps_per_epoch: as(z.int().min(-1).max(1e12)),
  optimizer: z.object({ _component_: as(optimizerClass), fused: flag }).nullish(),
  loss: z.object({ _component_: z.string().max(300).nullish() }).nullish(),
  dtype: as(z.enum(['bf16', 'fp16', 'fp32'])),
  compile: z.union([flag, z.looseObject({})]),
  enable_activation_checkpointing: flag,
  ac_mode: as(z.string().max(100)),
  enable_activation_offloading: flag,
  fsdp_cpu_offload: flag,
  fsdp_reshard_after_forward: flag,
  tensor_parallel_dim: degree,
  context_parallel_dim: degree,
  data_parallel_shard_dim: degree,
  data_parallel_replicate_dim: degree,
  optimizer_in_bwd: flag,
  dataset: z.object({ packed: flag }).nullish(),
  log_peak_memory_stats: flag,
});

export type Torchtune = z.output<typeof Torchtune>;
