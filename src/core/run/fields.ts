import { z } from 'zod';
import { quantity } from '../units/quantity.ts';
import { LayerKind } from './layer-kind.ts';
import { Tower } from './tower.ts';

const count = (max: number) => z.int().min(1).max(max);
const size = count(10_000_000);
const degree = count(100_000);

/** Optimizers by the name that the field uses; what a dialect calls them is the dialect's business. */
export const optimizers = [
  'adamw',
  'adamw-8bit',
  'paged-adamw',
  'paged-adamw-8bit',
  'adafactor',
  'sgd',
  'sgd-momentum',
  'lion',
  'muon',
  'adagrad',
  'adam-mini',
  'ademamix',
  'adamw-4bit',
  'adamw-fp8',
  'lion-8bit',
  'paged-lion',
  'paged-lion-8bit',
  'came',
  'galore',
  'apollo',
  'lomo',
  'onebit-adam',
  'onebit-lamb',
  'zero-one-adam',
  'rmsprop',
  'rmsprop-8bit',
  'ademamix-8bit',
  'paged-ademamix',
  'paged-ademamix-8bit',
  'grokadamw',
  'galore-8bit',
  'galore-adafactor',
  'dion',
  'sinkgd',
  'unknown',
] as const;

/**
 * Every fact that a training run can state, under the name it has in scalegate's own run config.
 * The one list of fields: the run config's schema, the policy's assumptions, provenance, messages and the JSON output
 * all use these names. What a field is for stands in its description, which the JSON schema and the docs print.
 */
export const runFields = {
  name: z.string().max(200).describe('Name shown in reports; the file name by default'),

  'model.id': z.string().max(200).describe('A model of the catalog, instead of dimensions'),
  'model.hidden_size': size.describe('Width of the residual stream'),
  'model.num_layers': count(10_000).describe('Transformer blocks'),
  'model.num_attention_heads': count(100_000).describe('Query heads'),
  'model.num_key_value_heads': count(100_000).describe('Key/value heads; as many as query heads by default'),
  'model.head_dim': count(100_000).describe('Width of one head; hidden_size / num_attention_heads by default'),
  'model.intermediate_size': size.describe('Width of the MLP; 4 × hidden_size by default'),
  'model.gated_mlp': z.boolean().describe('Three MLP matrices (SwiGLU, GeGLU) instead of two'),
  'model.unknown_type': z
    .string()
    .max(200)
    .describe('A model type whose layers nobody has described: what is not stated of its MLP is unknown, not assumed'),
  'model.vocab_size': z.int().min(0).max(100_000_000).describe('Rows of the embedding; 0 where there is none'),
  'model.tokenizer': z.string().max(200).describe('The tokenizer, which tells the vocabulary where that is not stated'),
  'model.tie_word_embeddings': z.boolean().describe('One matrix for the embedding and the head'),
  'model.max_position_embeddings': count(1_000_000_000).describe(
    'Longest sequence; counted only with learned positions',
  ),
  'model.rope_scaling': z
    .boolean()
    .describe('Rotary positions are stretched over longer sequences than they were trained on'),
  'model.position_embedding': z.enum(['rope', 'learned', 'alibi', 'none']).describe('How positions are encoded'),
  'model.norm': z.enum(['rmsnorm', 'layernorm']).describe('layernorm has a bias, rmsnorm has none'),
  'model.sliding_window': count(1_000_000_000).describe('Tokens that a layer attends to at most'),
  'model.full_attention_every': count(10_000).describe(
    'Every n-th layer attends to everything, in a model with a sliding window',
  ),
  'model.norm_weights': z.boolean().describe('false: norms learn nothing (OLMo 1)'),
  'model.qk_norm': z.boolean().describe('Norms on queries and keys, one of head_dim each (Qwen3)'),
  'model.qk_norm_all_heads': z.boolean().describe('With qk_norm: one norm over all heads at once (OLMo 2)'),
  'model.attention_bias': z.boolean().describe('Biases on the query, key, value and output projections'),
  'model.qkv_bias': z.boolean().describe('Biases on query, key and value only (Qwen2)'),
  'model.mlp_bias': z.boolean().describe('Biases on the MLP matrices'),
  'model.moe.num_experts': count(100_000).describe('Routed experts a layer'),
  'model.moe.experts_per_token': count(100_000).describe('Routed experts that each token visits'),
  'model.moe.intermediate_size': size.describe('Width of one expert'),
  'model.moe.shared_experts': z.int().min(0).max(100_000).describe('Experts that every token visits'),
  'model.moe.shared_intermediate_size': size.describe('Width of one shared expert; that of a routed one by default'),
  'model.moe.first_dense_layers': z
    .int()
    .min(0)
    .max(10_000)
    .describe('Layers with a plain MLP before the first expert layer'),
  'model.moe.router_bias': z.boolean().describe('The router has a bias an expert (DeepSeek-V3, gpt-oss)'),
  'model.moe.capacity_factor': z
    .number()
    .positive()
    .max(1000)
    .describe('Tokens that an expert has room for, over the average; further ones are dropped. Without it none is'),
  'model.moe.every': count(10_000).describe('Every n-th layer has experts'),

  'model.mla.kv_lora_rank': size.describe('Multi-head latent attention: width of the compressed keys and values'),
  'model.mla.q_lora_rank': z.int().min(0).max(10_000_000).describe('Width of the compressed queries; 0 for none'),
  'model.mla.qk_nope_head_dim': count(100_000).describe('Width of a head of queries and keys without positions'),
  'model.mla.qk_rope_head_dim': count(100_000).describe('Width of a head of queries and keys with positions'),
  'model.mla.v_head_dim': count(100_000).describe('Width of a head of values'),
  'model.mla.index_n_heads': count(100_000).describe('Heads of the indexer that picks the tokens to read'),
  'model.mla.index_head_dim': count(100_000).describe('Width of a head of the indexer'),
  'model.mla.index_topk': size.describe('Tokens that the indexer picks; all without an indexer'),

  'model.layers': z
    .array(LayerKind)
    .min(1)
    .max(1_000)
    .describe('The layers by their kinds, where they are not all alike; num_layers is then their sum'),
  'model.mamba.d_inner': size.describe('Width of what the state space works on; 2 × hidden_size by default'),
  'model.mamba.d_state': size.describe('Width of the state; 16 for mamba and 128 for mamba2 by default'),
  'model.mamba.d_conv': count(1_000).describe('Tokens under the convolution; 4 by default'),
  'model.mamba.conv_bias': z.boolean().describe('The convolution has a bias; true by default'),
  'model.mamba.proj_bias': z.boolean().describe('Input and output projection have a bias'),
  'model.mamba.dt_rank': size.describe('mamba: width of the compressed step sizes; hidden_size / 16 by default'),
  'model.mamba.inner_norms': z
    .boolean()
    .describe('mamba: norms on what the step sizes and matrices are made of (Jamba)'),
  'model.mamba.n_heads': count(1_000_000).describe('mamba2: heads; d_inner / 64 by default'),
  'model.mamba.n_groups': count(1_000_000).describe('mamba2: groups of heads with the same matrices; 1 by default'),
  'model.mamba.chunk_size': count(1_000_000).describe('mamba2: tokens worked on as one matrix product; 256 by default'),
  'model.mamba.output_norm': z.boolean().describe('mamba2: a norm on the gated output; true by default'),
  'model.linear_attention.kind': z
    .enum(['gated_delta', 'kimi', 'lightning'])
    .describe('Gated DeltaNet (Qwen3-Next), Kimi Delta Attention, or lightning attention (MiniMax)'),
  'model.linear_attention.num_key_heads': count(100_000).describe('Heads of queries and keys'),
  'model.linear_attention.key_head_dim': count(100_000).describe('Width of a head of queries and keys'),
  'model.linear_attention.num_value_heads': count(100_000).describe('Heads of values; as many as of keys by default'),
  'model.linear_attention.value_head_dim': count(100_000).describe(
    'Width of a head of values; that of keys by default',
  ),
  'model.linear_attention.conv_kernel': count(1_000).describe('Tokens under the convolution; 4 by default'),
  'model.short_convolution.kernel': count(1_000).describe('Tokens under a short convolution (LFM2)'),
  'model.short_convolution.bias': z.boolean().describe('Convolution and projections have a bias'),
  'model.gated_recurrence.width': size.describe('Width of a gated recurrence (Griffin); hidden_size by default'),
  'model.gated_recurrence.conv_kernel': count(1_000).describe('Tokens under its convolution; 4 by default'),
  'model.gated_recurrence.num_heads': count(100_000).describe('Blocks of its gates; num_attention_heads by default'),
  'model.cross_attention.source_size': size.describe('Width of what cross attention reads; hidden_size by default'),
  'model.cross_attention.gated': z
    .boolean()
    .describe('With norms on queries and keys and two gates (Llama 3.2 Vision)'),
  'model.towers': z
    .array(Tower)
    .min(1)
    .max(10)
    .describe('Stacks of their own in front of the decoder: an encoder, vision and audio towers'),
  'model.num_nextn_predict_layers': count(100).describe(
    'Modules that predict one more token each, trained with the model',
  ),
  'model.norms_per_layer': z.int().min(0).max(20).describe('Norms of the hidden size in a layer; 2 by default'),
  'model.norm_bias': z.boolean().describe('false: layernorm without its bias (MPT, Cohere)'),
  'model.final_norm': z.boolean().describe('A norm behind the last layer; true by default'),
  'model.embedding_norm': z.boolean().describe('A norm behind the embedding (BLOOM)'),
  'model.embedding_size': size.describe('Width of the embedding, where two matrices join it to the layers (OPT-350M)'),
  'model.head_bias': z.boolean().describe('The head has a bias (Phi-2)'),
  'model.attention_output_bias': z.boolean().describe('A bias on the output projection; as attention_bias by default'),
  'model.key_bias': z.boolean().describe('false: keys have no bias where queries have one (Whisper)'),
  'model.attention_gate': z.boolean().describe('Queries bring a gate of their width for the output (Qwen3-Next)'),
  'model.attention_sinks': z.boolean().describe('One learned sink a query head (gpt-oss)'),
  'model.causal': z.boolean().describe('false: attention reads what comes after as well (BERT)'),
  'model.fused_projections': z
    .boolean()
    .describe('Query, key and value are one matrix, gate and up another (Phi-3, GPT-NeoX)'),
  'model.logit_softcapping': z.boolean().describe('Logits go through tanh (Gemma 2)'),
  'model.attention_softcapping': z.boolean().describe('Scores of attention go through tanh (Gemma 2)'),
  'model.composite_gelu': z.boolean().describe('GELU is computed operator by operator (gelu_new: GPT-2, Phi-2)'),
  'model.keys_as_values': z.boolean().describe('Keys serve as values: no projection for these (Gemma 4)'),
  'model.moe.shared_expert_gate': z.boolean().describe('A gate of one output before the shared experts (Qwen2-MoE)'),
  'model.other_parameters': z
    .int()
    .min(0)
    .max(1e13)
    .describe('Parameters outside the layers that no other field describes'),

  'training.trainer': z.string().max(100).describe('What runs the training: torchtitan, megatron-lm, huggingface …'),
  'training.trainer_version': z
    .string()
    .max(100)
    .describe('Its version or date (5.18, 0.2.2, 2025-06): what it keeps changes between them'),
  'training.method': z
    .enum(['full', 'lora', 'qlora', 'unknown'])
    .describe(
      'Which weights are trained; unknown where something says that not all are, in a way that is not understood',
    ),
  'training.lora.rank': count(100_000).describe('Rank of the adapters'),
  'training.lora.target_modules': z.array(z.string().max(200)).max(1_000).describe('Matrices that carry an adapter'),
  'training.lora.adapters': count(100_000).describe('Adapters trained side by side'),
  'training.lora.dora': z.boolean().describe('Weight-decomposed adapters (DoRA)'),
  'training.lora.dtype': z.enum(['fp32', 'bf16']).describe('Type of the adapters; PEFT keeps them in fp32'),
  'training.lora.dropout': z.number().min(0).max(1).describe('Share of what an adapter reads that is dropped'),
  'training.lora.trained_modules': z
    .array(z.string().max(200))
    .max(1_000)
    .describe('Modules trained whole beside the adapters (modules_to_save): embed_tokens, lm_head'),
  'training.reference_model': z.boolean().describe('A frozen copy of the model is kept on the GPU (DPO, KTO, GRPO)'),
  'training.paired_samples': z.boolean().describe('A sample is a chosen and a rejected sequence (DPO, ORPO)'),
  'training.rollouts': z.boolean().describe('Answers are generated in the course of training (PPO, GRPO)'),
  'training.engine_memory_share': z
    .number()
    .min(0)
    .max(1)
    .describe(
      'Share of the GPU that an inference engine keeps beside the training (colocated vLLM); 0 where it sleeps',
    ),
  'training.ema': z.boolean().describe('An exponential moving average of the weights is kept'),
  'training.sequence_length': count(1_000_000_000).describe('Tokens a sequence'),
  'training.freeze_vision_tower': z.boolean().describe('Vision and audio towers are not trained'),
  'training.freeze_projector': z.boolean().describe('What joins them to the decoder is not trained'),
  'training.freeze_language_model': z.boolean().describe('The decoder is not trained, only towers and projectors'),
  'training.encoder_sequence_length': count(1_000_000_000).describe(
    'Tokens that an encoder reads for one sequence; sequence_length by default',
  ),
  'training.micro_batch_size': degree.describe('Sequences a GPU works on at once'),
  'training.gradient_accumulation_steps': count(10_000_000).describe('Micro batches before an optimizer step'),
  'training.global_batch_size': count(100_000_000).describe('Sequences an optimizer step, over all GPUs'),
  'training.precision': z
    .enum(['fp32', 'bf16-mixed', 'fp16-mixed', 'bf16', 'fp16', 'fp8-mixed'])
    .describe('-mixed computes in the short type over fp32 weights; bf16 alone keeps weights and states in bf16'),
  'training.autocast': z.boolean().describe('With bf16 or fp16: autocast runs over weights that are short themselves'),
  'training.frozen_precision': z
    .enum(['fp32', 'bf16'])
    .describe('Type in which the frozen base of adapters is stored, where it is not quantized'),
  'training.optimizer': z
    .enum(optimizers)
    .describe('Decides the bytes of optimizer state a parameter; of one that is unknown, from none to three moments'),
  'training.optimizer_implementation': z
    .enum(['fused', 'foreach', 'single', 'flat'])
    .describe('How AdamW steps: in one kernel, over all tensors at once, one by one, or over one flat tensor'),
  'training.optimizer_rank': count(100_000).describe('Rank of the projections of GaLore and APOLLO'),
  'training.optimizer_in_backward': z.boolean().describe('Each gradient is used and freed within the backward pass'),
  'training.gradient_precision': z.enum(['fp32', 'bf16']).describe('Type in which gradients are kept and reduced'),
  'training.master_precision': z.enum(['fp32', 'bf16']).describe("Type of the optimizer's copy of short weights"),
  'training.moment_precision': z.enum(['fp32', 'bf16', 'fp8']).describe("Type of the optimizer's moments"),
  'training.activation_checkpointing': z
    .enum(['none', 'selective', 'full', 'unknown'])
    .describe('What is recomputed backwards; of a mode that is unknown, all, with a range up to nothing'),
  'training.checkpoint_layers': count(10_000).describe(
    'With full: layers recomputed together. With selective: every n-th layer is recomputed, the others are kept whole',
  ),
  'training.recompute_layers': count(10_000).describe(
    "With full: only the first n layers of a pipeline stage's chunk are recomputed (Megatron's block method)",
  ),
  'training.recompute_modules': z
    .array(z.enum(['core_attn', 'layernorm', 'mla_up_proj', 'mlp', 'moe', 'moe_act', 'shared_experts']))
    .max(20)
    .describe("Megatron's selective recomputation, by module"),
  'training.activation_offload': z.boolean().describe('Checkpointed activations are kept in CPU memory'),
  'training.flash_attention': z.boolean().describe('No score matrix is kept'),
  'training.fused_loss': z.boolean().describe('Chunked or fused cross-entropy: the full logits never exist'),
  'training.fused_kernels': z.boolean().describe('Norms and gated activations are single kernels (Liger)'),
  'training.tiled_mlp': z.boolean().describe('The MLP works on one part of a sequence after the other (ALST)'),
  'training.mean_document_length': size.describe(
    'Mean tokens of the documents packed into a sequence, where they do not attend to each other',
  ),
  'training.mfu': z
    .number()
    .gt(0)
    .max(1)
    .describe(
      'Measured model FLOPs utilization: causal attention counted, recomputation not, of the dense 16-bit peak',
    ),
  'training.packing': z.boolean().describe('Sequences are packed to the full length: no batch is shorter'),
  'training.dropout': z.number().min(0).max(1).describe('Share of the hidden states that is dropped'),
  'training.compile': z.boolean().describe('torch.compile'),
  'training.quantization.bits': z.union([z.literal(4), z.literal(8)]).describe('Bits of the frozen base weights'),
  'training.quantization.double': z.boolean().describe('Quantized quantization constants (QLoRA)'),
  'training.quantization.kind': z
    .enum(['nf4', 'fp4', 'int8', 'gptq', 'awq', 'hqq'])
    .describe('Method that quantized the base; bitsandbytes by default'),
  'training.quantization.head': z.boolean().describe('The output head is quantized as well'),
  'training.quantization.prepared': z
    .boolean()
    .describe("What is not quantized is cast to fp32 (PEFT's prepare_model_for_kbit_training)"),
  'training.tokens': quantity.pipe(z.number().min(1).max(1e18)).describe('Tokens of the whole training'),
  'training.samples': quantity.pipe(z.number().min(1).max(1e16)).describe('Sequences of the whole training'),
  'training.steps': quantity.pipe(z.number().min(1).max(1e12)).describe('Optimizer steps of the whole training'),
  'training.epochs': z.number().gt(0).max(1e6).describe('Passes over the data; needs dataset_tokens'),
  'training.dataset_tokens': quantity.pipe(z.number().min(1).max(1e18)).describe('Tokens of one epoch'),
  'training.checkpoint_every': z
    .union([z.number().gt(0).max(1e12), z.string().regex(/^\s*\d+(\.\d+)?\s*%\s*$/)])
    .describe('Between saved checkpoints: optimizer steps, or a share of the training such as 10%'),
  'training.log': z.array(z.string().max(100)).max(1_000).describe('What is logged: loss, grad_norm, memory …'),

  'parallelism.sharding': z
    .enum(['none', 'ddp', 'zero1', 'zero2', 'zero3', 'hsdp'])
    .describe('What data parallel ranks divide; zero3 is also written fsdp'),
  'parallelism.sharding_engine': z
    .enum(['fsdp', 'deepspeed', 'megatron'])
    .describe('What divides them, where the trainer has several (Hugging Face); each keeps other copies and buffers'),
  'parallelism.fsdp_version': z
    .union([z.literal(1), z.literal(2)])
    .describe('1: FullyShardedDataParallel, 2: fully_shard'),
  'parallelism.shard_ranks': degree.describe('hsdp: ranks that divide states; the others repeat them. 8 by default'),
  'parallelism.sync_each_batch': z
    .boolean()
    .describe('Gradients are reduced after each micro batch; false keeps them whole while they accumulate (no_sync)'),
  'parallelism.reduce_precision': z.enum(['fp32', 'bf16']).describe('Type in which gradients are reduced'),
  'parallelism.reduce_bucket_size': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: elements that are reduced at once'),
  'parallelism.max_live_parameters': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: stage3_max_live_parameters'),
  'parallelism.max_reuse_distance': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: stage3_max_reuse_distance'),
  'parallelism.gradient_as_bucket_view': z
    .boolean()
    .describe('DDP: gradients live in the buckets that are reduced, and have no copy there'),
  'parallelism.overlap_comm': z.boolean().describe('DeepSpeed: reduces while the backward pass goes on'),
  'parallelism.tensor': degree.describe('Tensor parallel size'),
  'parallelism.sequence_parallel': z
    .boolean()
    .describe("Megatron's: norms and residuals are split over the tensor ranks"),
  'parallelism.loss_parallel': z
    .boolean()
    .describe('Logits stay divided over the tensor ranks; true by default where the trainer can'),
  'parallelism.pipeline': degree.describe('Pipeline parallel size'),
  'parallelism.virtual_pipeline': degree.describe('Model chunks a pipeline rank (interleaved schedule)'),
  'parallelism.uneven_stages': z
    .boolean()
    .describe('Stages of the pipeline may differ in their layers: the config says which has how many'),
  'parallelism.pipeline_schedule': z
    .enum(['gpipe', '1f1b', 'interleaved', 'zero-bubble', 'dualpipe'])
    .describe('Order of micro batches in a pipeline; 1f1b, or interleaved with virtual_pipeline, by default'),
  'parallelism.context': degree.describe('Context parallel size'),
  'parallelism.context_exchange': z
    .enum(['ring', 'ulysses'])
    .describe(
      'How context ranks meet: keys and values go around, or heads are exchanged (DeepSpeed-Ulysses); ring by default',
    ),
  'parallelism.expert': degree.describe('Expert parallel size'),
  'parallelism.expert_tensor': degree.describe('Tensor parallel size of the experts; that of the model by default'),
  'parallelism.reshard_after_forward': z
    .boolean()
    .describe('FSDP: false keeps gathered weights until the backward pass'),
  'parallelism.cpu_offload': z.enum(['none', 'optimizer', 'parameters']).describe('What waits in CPU memory'),

  'data.hours': quantity.pipe(z.number().min(0).max(1e12)).describe('Hours of recorded data'),
  'data.augmentation': z.boolean().describe('The data is augmented'),

  'hardware.gpu': z
    .union([z.string().max(100), z.number().transform(String)])
    .describe('GPU type, by any of its usual names, which may look like a number (4090)'),
  'hardware.memory_gib': z
    .number()
    .gt(0)
    .max(100_000)
    .describe('Memory of a GPU that the catalog does not know, in GiB'),
  'hardware.host_memory_gib': z
    .number()
    .gt(0)
    .max(1_000_000)
    .describe('CPU memory that a machine has for the run, in GiB; what is offloaded and loaded is held against it'),
  'hardware.count': degree.describe('GPUs of the whole run'),
  'hardware.usd_per_gpu_hour': z.number().min(0).max(100_000).describe('Price of one GPU for one hour, in US dollars'),
} as const satisfies Record<string, z.ZodType>;

export type RunField = keyof typeof runFields;

export function isRunField(name: string): name is RunField {
  return Object.hasOwn(runFields, name);
}

/** What the maps are about that the dots of the names stand for. */
export const fieldGroups: ReadonlyMap<string, string> = new Map([
  ['model', 'The model that is trained; without the groups below it is a decoder-only transformer'],
  ['model.moe', 'Mixture of experts, for a model that has any'],
  ['model.mla', 'Multi-head latent attention (DeepSeek-V2), for a model that has it'],
  ['model.mamba', 'State-space layers, for the kinds mamba and mamba2'],
  ['model.linear_attention', 'Attention without softmax, for the kind linear_attention'],
  ['model.short_convolution', 'For the kind short_convolution'],
  ['model.gated_recurrence', 'For the kind gated_recurrence'],
  ['model.cross_attention', 'For the kind cross_attention'],
  ['training', 'How it is trained, and for how long'],
  ['training.lora', 'Adapters, for the methods lora and qlora'],
  ['training.quantization', 'How frozen base weights are stored'],
  ['parallelism', 'How model and batch are split over the GPUs'],
  ['data', 'The recorded data that it is trained on'],
  ['hardware', 'The GPUs of the run'],
]);

/** Facts that a config cannot state, or a pull request could lower its own cost: price and utilization are the team's to set. */
export const policyFields: readonly RunField[] = ['hardware.usd_per_gpu_hour', 'training.mfu'];

/** The type of each field's value, once read. */
export type RunValues = { readonly [Field in RunField]: z.output<(typeof runFields)[Field]> };
