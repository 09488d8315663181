import { expect, test } from 'vitest';
import { valuesOf } from '../../../../test/support/a-hub-config.ts';

test.each([
  [
    'gpt2',
    { n_embd: 768, n_head: 12, n_layer: 12, n_positions: 1024, n_inner: null },
    {
      'model.hidden_size': 768,
      'model.num_layers': 12,
      'model.num_attention_heads': 12,
      'model.max_position_embeddings': 1024,
      'model.position_embedding': 'learned',
      'model.tie_word_embeddings': true,
      'model.attention_bias': true,
      'model.norm': 'layernorm',
    },
  ],
  [
    'opt',
    { hidden_size: 768, ffn_dim: 3072 },
    { 'model.intermediate_size': 3072, 'model.position_embedding': 'learned' },
  ],
  [
    'gpt_neox',
    { hidden_size: 768 },
    { 'model.position_embedding': 'rope', 'model.tie_word_embeddings': false, 'model.mlp_bias': true },
  ],
  ['qwen2', { hidden_size: 896 }, { 'model.qkv_bias': true, 'model.gated_mlp': true }],
  ['qwen3', { hidden_size: 1024 }, { 'model.qk_norm': true, 'model.head_dim': 128 }],
  ['gemma', { hidden_size: 2048 }, { 'model.tie_word_embeddings': true, 'model.head_dim': 256 }],
  ['starcoder2', { hidden_size: 3072, use_bias: false }, { 'model.attention_bias': false, 'model.mlp_bias': false }],
  [
    'falcon',
    { hidden_size: 4544, num_attention_heads: 71, num_kv_heads: 71, multi_query: true },
    { 'model.num_key_value_heads': 1 },
  ],
  ['falcon', { hidden_size: 4544, num_attention_heads: 71 }, { 'model.num_key_value_heads': 1 }],
  [
    'falcon',
    { hidden_size: 8192, num_kv_heads: 8, new_decoder_architecture: true },
    { 'model.num_key_value_heads': 8 },
  ],
  ['falcon', { hidden_size: 2048, alibi: true, multi_query: false }, { 'model.position_embedding': 'alibi' }],
])('%s %j', (modelType, config, expected) => {
  expect(valuesOf({ model_type: modelType, ...config })).toMatchObject(expected);
});

test.each([
  [
    'mixtral',
    { intermediate_size: 14336, num_local_experts: 8, num_experts_per_tok: 2 },
    { 'model.moe.num_experts': 8, 'model.moe.experts_per_token': 2, 'model.moe.intermediate_size': 14336 },
  ],
  [
    'qwen2_moe',
    { num_experts: 60, moe_intermediate_size: 1408, shared_expert_intermediate_size: 5632, decoder_sparse_step: 1 },
    {
      'model.moe.intermediate_size': 1408,
      'model.moe.shared_experts': 1,
      'model.moe.shared_intermediate_size': 5632,
      'model.moe.every': 1,
    },
  ],
  [
    'deepseek',
    { n_routed_experts: 64, n_shared_experts: 2, first_k_dense_replace: 1, moe_intermediate_size: 1408 },
    { 'model.moe.num_experts': 64, 'model.moe.shared_experts': 2, 'model.moe.first_dense_layers': 1 },
  ],
])('the experts of %s are read', (modelType, config, expected) => {
  expect(valuesOf({ model_type: modelType, hidden_size: 2048, ...config })).toMatchObject(expected);
});
