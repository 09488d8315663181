import type { ConfigReader } from '../config-reader.ts';

/**
 * The dimensions of a Levanter model (src/levanter/models). The vocabulary is that of the tokenizer, which the data name.
 */
export function stateModel(config: ConfigReader): void {
  const id = config.first('initialize_from_hf', 'model_name_or_path');
  const named = id === null ? null : config.value(id);
  if (id !== null && typeof named === 'string') {
    // `org/name@revision`.
    config.stateAs('model.id', id, named.split('@')[0] ?? named);
    return;
  }
  config.state('model.hidden_size', 'model.hidden_dim');
  config.state('model.num_layers', 'model.num_layers');
  config.state('model.num_attention_heads', 'model.num_heads');
  config.state('model.num_key_value_heads', 'model.num_kv_heads');
  config.state('model.intermediate_size', 'model.intermediate_dim');
  config.state('model.head_dim', 'model.head_dim');
  config.state('model.moe.num_experts', 'model.n_routed_experts');
  config.state('model.moe.experts_per_token', 'model.num_experts_per_tok');
  config.state('model.tokenizer', 'data.tokenizer');
  const type = config.text('model.type');
  if (type === 'gpt2') {
    config.imply('model.gated_mlp', false);
    config.imply('model.norm', 'layernorm');
    config.imply('model.position_embedding', 'learned');
    config.imply('model.tie_word_embeddings', true);
    config.imply('model.attention_bias', true);
    config.imply('model.mlp_bias', true);
  } else if (type !== null && /^(?:llama|mistral|mixtral|qwen|olmo|gemma)/.test(type)) {
    config.imply('model.gated_mlp', true);
    config.imply('model.norm', 'rmsnorm');
    config.stateAs('model.tie_word_embeddings', 'model.tie_word_embeddings', config.flag('model.tie_word_embeddings'));
    config.imply('model.tie_word_embeddings', type.startsWith('gemma'));
  }
}
