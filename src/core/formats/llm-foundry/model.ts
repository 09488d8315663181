import type { ConfigReader } from '../config-reader.ts';

/** States the model, and says whether it is a language model of LLM Foundry. */
export function stateModel(config: ConfigReader): boolean {
  const name = config.text('model.name') ?? '';
  if (name === 'mpt_causal_lm') stateMpt(config);
  else {
    config.state('model.id', 'model.pretrained_model_name_or_path', 'model.pretrained_model_name');
    const overrides = ['n_positions', 'max_position_embeddings'].map((key) => `model.config_overrides.${key}`);
    config.state('model.max_position_embeddings', ...overrides);
  }
  return /^(?:mpt|hf|te|fc|llama)_/.test(name);
}

/**
 * The defaults of MPT (llmfoundry/models/mpt/configuration_mpt.py): biases unless `no_bias`, learned positions unless
 * `alibi` or `rope`, a tied head, MLPs of 4 × d_model. A LayerNorm without a bias has the parameters of an RMSNorm.
 */
function stateMpt(config: ConfigReader): void {
  config.state('model.hidden_size', 'model.d_model');
  config.state('model.num_layers', 'model.n_layers');
  config.state('model.num_attention_heads', 'model.n_heads');
  config.state('model.vocab_size', 'model.vocab_size');
  config.state('model.max_position_embeddings', 'model.max_seq_len', 'max_seq_len');
  config.state('model.num_key_value_heads', 'model.attn_config.kv_n_heads');
  if (config.text('model.attn_config.attn_type') === 'multiquery_attention') {
    config.stateAs('model.num_key_value_heads', 'model.attn_config.attn_type', 1);
  }
  const ratio = config.number('model.expansion_ratio') ?? 4;
  const hidden = config.number('model.d_model');
  if (hidden !== null) config.stateAs('model.intermediate_size', 'model.expansion_ratio', Math.floor(ratio * hidden));
  config.imply('model.gated_mlp', config.text('model.ffn_config.ffn_type')?.includes('glu') ?? false);
  const isUnbiased = config.flag('model.no_bias') ?? false;
  for (const field of ['model.attention_bias', 'model.mlp_bias'] as const) {
    if (isUnbiased) config.stateAs(field, 'model.no_bias', false);
    else config.imply(field, true);
  }
  config.imply(
    'model.norm',
    isUnbiased || config.text('model.norm_type')?.includes('rms') === true ? 'rmsnorm' : 'layernorm',
  );
  if (config.flag('model.attn_config.alibi') === true)
    config.stateAs('model.position_embedding', 'model.attn_config.alibi', 'alibi');
  else if (config.flag('model.attn_config.rope') === true)
    config.stateAs('model.position_embedding', 'model.attn_config.rope', 'rope');
  else if (config.flag('model.learned_pos_emb') === false)
    config.stateAs('model.position_embedding', 'model.learned_pos_emb', 'none');
  config.imply('model.position_embedding', 'learned');
  config.stateAs('model.tie_word_embeddings', 'model.tie_word_embeddings', config.flag('model.tie_word_embeddings'));
  config.imply('model.tie_word_embeddings', true);
  const attention = config.text('model.attn_config.attn_impl');
  config.stateAs(
    'training.flash_attention',
    'model.attn_config.attn_impl',
    attention === null ? null : attention !== 'torch',
  );
}
