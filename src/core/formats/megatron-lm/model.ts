import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** Dimensions of a decoder-only model, with Megatron's defaults (megatron/training/arguments.py) where it has any. */
export function stateModel(stated: StatedFacts, config: Arguments): void {
  const { hidden_size: hidden, num_layers: layers } = config;
  if (typeof hidden !== 'number' || typeof layers !== 'number') return;
  stated.state('model.hidden_size', hidden, ['hidden_size']);
  stated.state('model.num_layers', layers, ['num_layers']);
  stateAttention(stated, config);
  stateMlp(stated, config, hidden);
  stateExperts(stated, config);
  stateEmbedding(stated, config);
  stated.state('model.num_nextn_predict_layers', config.mtp_num_layers, ['mtp_num_layers']);

  if (config.use_rms_norm === true) stated.state('model.norm', 'rmsnorm', ['use_rms_norm']);
  const norms = { rmsnorm: 'rmsnorm', layernorm: 'layernorm' } as const;
  const norm = config.normalization?.toLowerCase();
  if (norm === 'rmsnorm' || norm === 'layernorm') stated.state('model.norm', norms[norm], ['normalization']);
  stated.imply('model.norm', 'layernorm');
}

function stateAttention(stated: StatedFacts, config: Arguments): void {
  stated.state('model.num_attention_heads', config.num_attention_heads, ['num_attention_heads']);
  stated.state('model.num_key_value_heads', config.num_attention_heads_kv, ['num_attention_heads_kv']);
  if (config.group_query_attention === true) {
    stated.state('model.num_key_value_heads', config.num_query_groups, ['num_query_groups']);
    stated.imply('model.num_key_value_heads', 1);
  }
  stated.state('model.head_dim', config.kv_channels, ['kv_channels']);
  if (config.qk_layernorm === true) stated.state('model.qk_norm', true, ['qk_layernorm']);
  if (config.disable_bias_linear === true) {
    stated.state('model.attention_bias', false, ['disable_bias_linear']);
    stated.state('model.mlp_bias', false, ['disable_bias_linear']);
  }
  if (config.add_qkv_bias === true) stated.state('model.qkv_bias', true, ['add_qkv_bias']);
  stated.imply('model.attention_bias', true);
  stated.imply('model.mlp_bias', true);
}

function stateMlp(stated: StatedFacts, config: Arguments, hidden: number): void {
  const gated = config.swiglu === true ? 'swiglu' : typeof config.glu_activation === 'string' ? 'glu_activation' : null;
  if (gated !== null) stated.state('model.gated_mlp', true, [gated]);
  stated.imply('model.gated_mlp', false);
  stated.state('model.intermediate_size', config.ffn_hidden_size, ['ffn_hidden_size']);
  // Two thirds of 4 × hidden, in steps of 64, keep the parameters of a gated MLP those of a plain one.
  const width = gated === null ? 4 * hidden : Math.floor((4 * hidden * 2) / 3 / 64) * 64;
  if (width > 0 && width <= 10_000_000) stated.imply('model.intermediate_size', width);
}

function stateExperts(stated: StatedFacts, config: Arguments): void {
  const { num_experts: experts, moe_shared_expert_intermediate_size: shared } = config;
  if (typeof experts !== 'number' || experts < 2) return;
  stated.state('model.moe.num_experts', experts, ['num_experts']);
  stated.state('model.moe.experts_per_token', config.moe_router_topk, ['moe_router_topk']);
  stated.state('model.moe.capacity_factor', config.moe_expert_capacity_factor, ['moe_expert_capacity_factor']);
  stated.imply('model.moe.experts_per_token', 2);
  stated.state('model.moe.intermediate_size', config.moe_ffn_hidden_size, ['moe_ffn_hidden_size']);
  if (typeof config.moe_ffn_hidden_size !== 'number') {
    stated.state('model.moe.intermediate_size', config.ffn_hidden_size, ['ffn_hidden_size']);
  }
  if (typeof shared !== 'number') return;
  const key = ['moe_shared_expert_intermediate_size'];
  stated.state('model.moe.shared_experts', 1, key);
  stated.state('model.moe.shared_intermediate_size', shared, key);
}

const positions: Readonly<Record<string, 'learned' | 'rope' | 'alibi' | 'none'>> = {
  learned_absolute: 'learned',
  absolute: 'learned',
  rope: 'rope',
  rotary: 'rope',
  alibi: 'alibi',
  none: 'none',
};

/** What names the tokenizer, the weakest first: a type of Hugging Face's says nothing of its entries, others do. */
function tokenizerKeys(type: unknown) {
  const keys = ['vocab_file', 'tokenizer_name_or_path', 'tokenizer_model'] as const;
  const saysNothing = typeof type !== 'string' || /^(?:HuggingFace|AutoTokenizer|Pretrained)/.test(type);
  return saysNothing ? (['tokenizer_type', ...keys] as const) : ([...keys, 'tokenizer_type'] as const);
}

function stateEmbedding(stated: StatedFacts, config: Arguments): void {
  for (const key of ['vocab_size', 'pad_vocab_size_to', 'padded_vocab_size'] as const) {
    stated.state('model.vocab_size', config[key], [key]);
  }
  for (const key of tokenizerKeys(config.tokenizer_type)) stated.state('model.tokenizer', config[key], [key]);
  if (config.untie_embeddings_and_output_weights === true) {
    stated.state('model.tie_word_embeddings', false, ['untie_embeddings_and_output_weights']);
  }
  stated.imply('model.tie_word_embeddings', true);
  stated.state('model.max_position_embeddings', config.max_position_embeddings, ['max_position_embeddings']);
  if (config.use_rotary_position_embeddings === true) {
    stated.state('model.position_embedding', 'rope', ['use_rotary_position_embeddings']);
  }
  const type = config.position_embedding_type;
  if (typeof type === 'string' && Object.hasOwn(positions, type)) {
    stated.state('model.position_embedding', positions[type], ['position_embedding_type']);
  }
  stated.imply('model.position_embedding', 'learned');
}
