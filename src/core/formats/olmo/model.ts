import type { ConfigReader } from '../config-reader.ts';

/**
 * The dimensions of an OLMo (olmo/config.py, `ModelConfig`; olmo/model.py). `mlp_hidden_size` is the width of the
 * fused gate and up projection, twice that of one branch, and so is `mlp_ratio` × d_model, of an expert too. The
 * embedding has `embedding_size` rows.
 */
export function stateModel(config: ConfigReader): void {
  config.state('model.hidden_size', 'model.d_model');
  config.state('model.num_layers', 'model.n_layers');
  config.state('model.num_attention_heads', 'model.n_heads');
  config.state('model.num_key_value_heads', 'model.n_kv_heads');
  if (config.flag('model.multi_query_attention') === true) {
    config.stateAs('model.num_key_value_heads', 'model.multi_query_attention', 1);
  }
  config.state('model.vocab_size', 'model.embedding_size', 'model.vocab_size');
  config.state('model.max_position_embeddings', 'model.max_sequence_length');
  stateMlp(config);
  stateNorms(config);
  const positions =
    config.flag('model.rope') === true ? 'rope' : config.flag('model.alibi') === true ? 'alibi' : 'learned';
  config.stateAs('model.position_embedding', positions === 'rope' ? 'model.rope' : 'model.alibi', positions);
  const tied = config.flag('model.weight_tying');
  config.stateAs('model.tie_word_embeddings', 'model.weight_tying', tied);
  config.imply('model.tie_word_embeddings', true);
  const biased = config.flag('model.include_bias');
  config.stateAs('model.attention_bias', 'model.include_bias', biased);
  config.stateAs('model.mlp_bias', 'model.include_bias', biased);
  config.imply('model.attention_bias', true);
  config.imply('model.mlp_bias', true);
  config.stateAs('training.flash_attention', 'model.flash_attention', config.flag('model.flash_attention'));
}

function stateMlp(config: ConfigReader): void {
  const isGated = (config.text('model.activation_type') ?? 'swiglu') === 'swiglu';
  config.stateAs('model.gated_mlp', 'model.activation_type', isGated);
  const hasExperts = config.text('model.block_type') === 'moe';
  const width = isGated ? 2 : 1;
  const fused = config.number('model.mlp_hidden_size');
  const hidden = config.number('model.d_model');
  const ratio = config.number('model.mlp_ratio') ?? 4;
  const key = fused === null ? 'model.mlp_ratio' : 'model.mlp_hidden_size';
  const total = fused ?? (hidden === null ? null : ratio * hidden);
  if (total !== null) config.stateAs('model.intermediate_size', key, Math.floor(total / width));
  if (!hasExperts) return;
  config.state('model.moe.num_experts', 'model.moe_num_experts');
  config.state('model.moe.experts_per_token', 'model.moe_top_k');
  if (total !== null) config.stateAs('model.moe.intermediate_size', key, Math.floor(total / width));
}

/** Norms of queries and keys span all heads (`attention_layer_norm`). */
function stateNorms(config: ConfigReader): void {
  const type = config.text('model.layer_norm_type') ?? 'default';
  const hasBias = config.flag('model.bias_for_layer_norm') ?? config.flag('model.include_bias') ?? true;
  // Without a bias, a LayerNorm has the parameters of an RMSNorm.
  const norm = type === 'rms' || !hasBias ? 'rmsnorm' : 'layernorm';
  config.stateAs('model.norm', 'model.layer_norm_type', norm);
  const affine = config.flag('model.layer_norm_with_affine');
  config.stateAs('model.norm_weights', 'model.layer_norm_with_affine', affine);
  const queryKey = config.flag('model.attention_layer_norm');
  config.stateAs('model.qk_norm', 'model.attention_layer_norm', queryKey);
  if (queryKey === true) config.stateAs('model.qk_norm_all_heads', 'model.attention_layer_norm', true);
}
