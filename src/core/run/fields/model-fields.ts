import { z } from 'zod';
import { LayerKind } from '../layer-kind.ts';
import { Tower } from '../tower.ts';
import { count, size } from './bounds.ts';

/** What is trained: its dimensions, or a model of the catalog. */
export const modelFields = {
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
} as const satisfies Record<string, z.ZodType>;
