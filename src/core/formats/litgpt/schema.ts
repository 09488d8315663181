import { z } from 'zod';
import { knownOptimizer } from '../known-optimizer.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

const optimizerName = z
  .string()
  .max(300)
  .transform((path) => path.split('.').at(-1) ?? path)
  .pipe(knownOptimizer);

const text = z.string().max(1000).nullish();

/** What is read of a LitGPT config (`litgpt finetune --config`, `litgpt pretrain --config`); every other key is let be. */
export const LitGpt = z.object({
  checkpoint_dir: text,
  initial_checkpoint_dir: text,
  model_name: text,
  model_config: z
    .object({
      n_layer: valueOf('model.num_layers'),
      n_embd: valueOf('model.hidden_size'),
      n_head: valueOf('model.num_attention_heads'),
      n_query_groups: valueOf('model.num_key_value_heads'),
      head_size: valueOf('model.head_dim'),
      intermediate_size: valueOf('model.intermediate_size'),
      padded_vocab_size: valueOf('model.vocab_size'),
      vocab_size: valueOf('model.vocab_size'),
      bias: flag,
      norm_class_name: text,
      mlp_class_name: text,
    })
    .nullish(),
  precision: as(z.enum(['bf16-true', 'bf16-mixed', '16-true', '16-mixed', '32-true', '32', '16', 'bf16'])),
  quantize: as(z.string().max(100)),
  devices: as(z.int().min(1).max(100_000)),
  num_nodes: as(z.int().min(1).max(100_000)),
  train: z.object({
    save_interval: as(z.int().min(0).max(1e12)),
    global_batch_size: valueOf('training.global_batch_size'),
    micro_batch_size: valueOf('training.micro_batch_size'),
    epochs: as(z.number().min(0).max(1e6)),
    max_tokens: valueOf('training.tokens'),
    max_steps: as(z.int().min(-1).max(1e12)),
    max_seq_length: valueOf('training.sequence_length'),
    tie_embeddings: flag,
  }),
  optimizer: as(z.union([optimizerName, z.object({ class_path: as(optimizerName) })])),
  lora_r: valueOf('training.lora.rank'),
  lora_query: flag,
  lora_key: flag,
  lora_value: flag,
  lora_projection: flag,
  lora_mlp: flag,
  lora_head: flag,
});

export type LitGpt = z.output<typeof LitGpt>;
