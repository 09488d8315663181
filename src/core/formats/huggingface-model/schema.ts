import { z } from 'zod';
import { runFields, type RunField } from '../../run/fields.ts';
import { expertNames } from './expert-layers.ts';
import { singleOf } from './single-of.ts';

/** The keys that state a field as it stands, by the names of the configuration classes; the first that is set counts. */
export const fieldKeys = {
  'model.hidden_size': ['hidden_size', 'n_embd', 'd_model'],
  'model.num_layers': ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'],
  'model.num_attention_heads': ['num_attention_heads', 'n_head', 'n_heads'],
  'model.num_key_value_heads': ['num_key_value_heads', 'num_kv_heads', 'n_head_kv'],
  'model.head_dim': ['head_dim', 'attention_head_dim'],
  'model.intermediate_size': ['intermediate_size', 'n_inner', 'ffn_dim', 'ffn_hidden_size'],
  'model.mla.kv_lora_rank': ['kv_lora_rank'],
  'model.mla.q_lora_rank': ['q_lora_rank'],
  'model.mla.qk_nope_head_dim': ['qk_nope_head_dim'],
  'model.mla.qk_rope_head_dim': ['qk_rope_head_dim'],
  'model.mla.v_head_dim': ['v_head_dim'],
  'model.mla.index_n_heads': ['index_n_heads'],
  'model.mla.index_head_dim': ['index_head_dim'],
  'model.mla.index_topk': ['index_topk'],
  'model.vocab_size': ['vocab_size'],
  'model.tie_word_embeddings': ['tie_word_embeddings'],
  'model.max_position_embeddings': ['max_position_embeddings', 'n_positions', 'n_ctx'],
  'model.attention_bias': ['attention_bias', 'use_bias', 'enable_bias', 'bias'],
  'model.qkv_bias': ['qkv_bias', 'use_qkv_bias'],
  'model.mlp_bias': ['mlp_bias', 'use_bias', 'enable_bias', 'bias'],
  'model.qk_norm': ['use_qk_norm'],
} as const satisfies Partial<Record<RunField, readonly string[]>>;

/** The same for mixtures of experts; they count only where there are experts. */
export const expertKeys = {
  'model.moe.num_experts': expertNames,
  'model.moe.experts_per_token': [
    'num_experts_per_tok',
    'num_experts_per_token',
    'moe_k',
    'moe_topk',
    'moe_top_k',
    'top_k_experts',
  ],
  'model.moe.intermediate_size': [
    'moe_intermediate_size',
    'expert_ffn_hidden_size',
    'moe_ffn_hidden_size',
    'expert_intermediate_size',
    'intermediate_size',
  ],
  'model.moe.shared_experts': ['n_shared_experts', 'num_shared_experts', 'num_shared_expert', 'moe_num_shared_experts'],
  'model.moe.shared_intermediate_size': [
    'shared_expert_intermediate_size',
    'moe_shared_expert_intermediate_size',
    'share_expert_dim',
  ],
  'model.moe.first_dense_layers': ['first_k_dense_replace', 'num_dense_layers'],
  'model.moe.every': ['decoder_sparse_step', 'moe_layer_freq'],
} as const satisfies Partial<Record<RunField, readonly string[]>>;

/** What is read of a `config.json`; every other key is let be. */
export const ModelConfig = z.object({
  // Dense models of a class that could have experts say 0. A list goes through the layers: see expert-layers.ts.
  ...schemasOf(expertKeys, (schema) => z.preprocess((value) => unlessZero(singleOf(value)), schema).optional()),
  ...schemasOf(fieldKeys, (schema) => z.preprocess(singleOf, schema).optional()),
  model_type: z.string().max(200).nullish(),
  multi_query: z.boolean().nullish(),
  new_decoder_architecture: z.boolean().nullish(),
  alibi: z.boolean().nullish(),
});

export type ModelConfig = z.output<typeof ModelConfig>;

function unlessZero(value: unknown): unknown {
  return value === 0 ? null : value;
}

type KeyTable = Partial<Record<RunField, readonly string[]>>;

function schemasOf(keys: KeyTable, wrap: (schema: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
  const entries = Object.entries(keys) as [RunField, readonly string[]][];
  return Object.fromEntries(
    entries.flatMap(([field, names]) => names.map((name) => [name, wrap(runFields[field].nullish())])),
  );
}
