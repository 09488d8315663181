import type { ConfigReader } from '../config-reader.ts';

/**
 * The dimensions of a Megatron decoder. The vocabulary is the tokenizer's, padded, and is rarely in the file. Encoder-decoder models state theirs under `encoder` and `decoder`, and have
 * no dimensions here.
 */
export function stateModel(config: ConfigReader): void {
  config.state('model.num_layers', 'model.num_layers');
  config.state('model.hidden_size', 'model.hidden_size');
  config.state('model.num_attention_heads', 'model.num_attention_heads');
  config.state('model.num_key_value_heads', 'model.num_query_groups');
  config.state('model.head_dim', 'model.kv_channels');
  config.state('model.intermediate_size', 'model.ffn_hidden_size');
  config.state('model.vocab_size', 'model.override_vocab_size');
  config.state('model.tokenizer', 'model.tokenizer.type', 'model.tokenizer.vocab_file', 'model.tokenizer.model');
  config.state('model.max_position_embeddings', 'model.max_position_embeddings');
  config.stateChoice('model.position_embedding', 'model.position_embedding_type', positions);
  config.stateChoice('model.norm', 'model.normalization', norms);
  const activation = config.text('model.activation');
  if (activation !== null) config.stateAs('model.gated_mlp', 'model.activation', activation.endsWith('glu'));
  const bias = config.flag('model.bias');
  config.stateAs('model.attention_bias', 'model.bias', bias);
  config.stateAs('model.mlp_bias', 'model.bias', bias);
  if (bias === false) config.stateAs('model.qkv_bias', 'model.qkv_bias', config.flag('model.qkv_bias'));
  const shared = 'model.share_embeddings_and_output_weights';
  config.stateAs('model.tie_word_embeddings', shared, config.flag(shared));
  config.state('model.moe.num_experts', 'model.num_moe_experts');
  config.state('model.moe.experts_per_token', 'model.moe_router_topk');
  config.state('model.moe.capacity_factor', 'model.moe_expert_capacity_factor');
  config.stateAs('training.flash_attention', 'model.use_flash_attention', config.flag('model.use_flash_attention'));
}

const positions = {
  rope: 'rope',
  learned_absolute: 'learned',
  learned_parameters: 'learned',
  alibi: 'alibi',
  kerple: null,
  sandwich: 'none',
  relative: null,
  xpos: 'rope',
  no_position: 'none',
} as const;

const norms = {
  rmsnorm: 'rmsnorm',
  layernorm: 'layernorm',
  layernorm1p: 'layernorm',
  low_precision_layernorm: 'layernorm',
} as const;
