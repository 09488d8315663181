import type { ConfigReader } from '../config-reader.ts';
import { paddedVocabulary } from '../padded-vocabulary.ts';

/** The dimensions under `model.model_config`, with the names of transformers (src/nanotron/config/models_config.py). */
export function stateModel(config: ConfigReader): void {
  const at = 'model.model_config';
  config.state('model.hidden_size', `${at}.hidden_size`);
  config.state('model.num_layers', `${at}.num_hidden_layers`);
  config.state('model.num_attention_heads', `${at}.num_attention_heads`);
  config.state('model.num_key_value_heads', `${at}.num_key_value_heads`);
  config.state('model.head_dim', `${at}.head_dim`);
  config.state('model.intermediate_size', `${at}.intermediate_size`);
  config.state('model.max_position_embeddings', `${at}.max_position_embeddings`);
  const tied = `${at}.tie_word_embeddings`;
  config.stateAs('model.tie_word_embeddings', tied, config.flag(tied));
  const size = config.number(`${at}.vocab_size`);
  const divisor = config.number('model.make_vocab_size_divisible_by') ?? 1;
  const rows = size === null ? null : paddedVocabulary(size, divisor, config.number('parallelism.tp') ?? 1);
  config.stateAs('model.vocab_size', `${at}.vocab_size`, rows);
  const isStarcoder = config.flag(`${at}.is_starcoder2_config`) === true;
  config.imply('model.gated_mlp', !isStarcoder);
  config.imply('model.norm', isStarcoder ? 'layernorm' : 'rmsnorm');
  config.imply('model.position_embedding', 'rope');
  config.stateAs('model.qkv_bias', `${at}.attention_bias`, config.flag(`${at}.attention_bias`));
  stateExperts(config, at);
}

function stateExperts(config: ConfigReader, at: string): void {
  const moe = `${at}.moe_config`;
  config.state('model.moe.num_experts', `${moe}.num_experts`, `${at}.moe_num_experts`);
  config.state('model.moe.experts_per_token', `${moe}.top_k`, `${at}.num_experts_per_tok`);
  config.state('model.moe.intermediate_size', `${moe}.moe_intermediate_size`);
  if (config.flag(`${moe}.enable_shared_expert`) !== true) return;
  config.stateAs('model.moe.shared_experts', `${moe}.enable_shared_expert`, 1);
  config.state('model.moe.shared_intermediate_size', `${moe}.shared_expert_intermediate_size`);
}
