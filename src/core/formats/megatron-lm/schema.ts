import { z } from 'zod';
import { runFields } from '../../run/fields.ts';

const degree = runFields['parallelism.tensor'].nullish();
const size = runFields['model.hidden_size'].nullish();
const layers = runFields['model.num_layers'].nullish();
const heads = runFields['model.num_attention_heads'].nullish();
const length = runFields['training.sequence_length'].nullish();
const duration = z.number().min(0).max(1e18).nullish();
const text = z
  .union([z.string().max(200), z.number(), z.boolean()])
  .transform(String)
  .nullish();
/** A switch is on where it stands; what follows it is another argument. */
const on = z
  .unknown()
  .transform((value) => value !== false)
  .optional();

/** What is read of Megatron-LM's arguments (megatron/training/arguments.py) and those of its forks. */
export const Arguments = z.object({
  num_layers: layers,
  encoder_num_layers: layers,
  hidden_size: size,
  ffn_hidden_size: size,
  num_attention_heads: heads,
  group_query_attention: on,
  num_query_groups: heads,
  num_attention_heads_kv: heads,
  kv_channels: runFields['model.head_dim'].nullish(),
  swiglu: on,
  glu_activation: text,
  vocab_size: runFields['model.vocab_size'].nullish(),
  tokenizer_model: runFields['model.tokenizer'].nullish(),
  tokenizer_name_or_path: runFields['model.tokenizer'].nullish(),
  vocab_file: runFields['model.tokenizer'].nullish(),
  tokenizer_type: runFields['model.tokenizer'].nullish(),
  padded_vocab_size: runFields['model.vocab_size'].nullish(),
  pad_vocab_size_to: runFields['model.vocab_size'].nullish(),
  untie_embeddings_and_output_weights: on,
  max_position_embeddings: length,
  position_embedding_type: text,
  use_rotary_position_embeddings: on,
  normalization: text,
  use_rms_norm: on,
  disable_bias_linear: on,
  add_qkv_bias: on,
  qk_layernorm: on,
  embed_layernorm: on,
  num_experts: z.union([runFields['model.moe.num_experts'], z.array(z.unknown())]).nullish(),
  moe_expert_capacity_factor: runFields['model.moe.capacity_factor'].nullish(),
  moe_router_topk: runFields['model.moe.experts_per_token'].nullish(),
  moe_ffn_hidden_size: size,
  moe_shared_expert_intermediate_size: size,
  mtp_num_layers: runFields['model.num_nextn_predict_layers'].nullish(),
  multi_latent_attention: on,
  hybrid_layer_pattern: text,
  hybrid_override_pattern: text,
  hybrid_attention_ratio: text,
  moe_layer_freq: text,

  seq_length: length,
  encoder_seq_length: length,
  micro_batch_size: runFields['training.micro_batch_size'].nullish(),
  global_batch_size: runFields['training.global_batch_size'].nullish(),
  bf16: on,
  fp16: on,
  fp8_format: text,
  fp8_hybrid: on,
  optimizer: text,
  recompute_granularity: z.enum(['full', 'selective']).nullish(),
  recompute_method: z.enum(['uniform', 'block']).nullish(),
  recompute_num_layers: runFields['training.recompute_layers'].nullish(),
  grad_reduce_in_bf16: on,
  main_grads_dtype: z.enum(['fp32', 'bf16']).nullish(),
  exp_avg_dtype: z.enum(['fp32', 'fp16', 'bf16', 'fp8']).nullish(),
  hidden_dropout: runFields['training.dropout'].nullish(),
  transformer_impl: text,
  recompute_activations: on,
  activations_checkpoint_method: text,
  checkpoint_activations: on,
  deepspeed_activation_checkpointing: on,
  use_flash_attn: on,
  use_flash_attn_v2: on,
  attention_backend: text,
  cross_entropy_loss_fusion: on,
  train_iters: duration,
  train_samples: duration,
  train_tokens: duration,
  save_interval: duration,

  tensor_model_parallel_size: degree,
  pipeline_model_parallel_size: degree,
  num_layers_per_virtual_pipeline_stage: degree,
  decoder_first_pipeline_num_layers: z.unknown().optional(),
  decoder_last_pipeline_num_layers: z.unknown().optional(),
  pipeline_model_parallel_layout: z.unknown().optional(),
  account_for_embedding_in_pipeline_split: on,
  account_for_loss_in_pipeline_split: on,
  context_parallel_size: degree,
  expert_model_parallel_size: degree,
  expert_tensor_parallel_size: degree,
  sequence_parallel: on,
  deepspeed: on,
  zero_stage: z.int().min(0).max(3).nullish(),
  use_distributed_optimizer: on,
  use_torch_fsdp2: on,
  use_megatron_fsdp: on,
  use_custom_fsdp: on,
  data_parallel_sharding_strategy: text,
  optimizer_cpu_offload: on,
  cpu_optimizer: on,
});

export type Arguments = z.output<typeof Arguments>;
