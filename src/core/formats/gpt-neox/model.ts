import type { ConfigReader } from '../config-reader.ts';
import { paddedVocabulary } from '../padded-vocabulary.ts';

/** The dimensions of a GPT-NeoX model (megatron/neox_arguments/neox_args.py; megatron/model/transformer.py). */
export function stateModel(config: ConfigReader): void {
  config.state('model.num_layers', 'num_layers');
  config.state('model.hidden_size', 'hidden_size');
  config.state('model.num_attention_heads', 'num_attention_heads');
  config.state('model.num_key_value_heads', 'num_kv_heads');
  config.state('model.max_position_embeddings', 'max_position_embeddings');
  if (config.value('hidden_size') === undefined) return;
  stateMlp(config);
  stateVocabulary(config);
  config.stateChoice('model.norm', 'norm', norms);
  config.imply('model.norm', 'layernorm');
  config.stateChoice('model.position_embedding', 'pos_emb', positions);
  config.imply('model.position_embedding', 'learned');
  const untied = config.flag('no_weight_tying');
  config.stateAs('model.tie_word_embeddings', 'no_weight_tying', untied === null ? null : !untied);
  config.imply('model.tie_word_embeddings', true);
  config.stateAs('model.attention_bias', 'use_bias_in_attn_linear', config.flag('use_bias_in_attn_linear'));
  config.imply('model.attention_bias', true);
  const mlpBias = config.flag('use_bias_in_mlp');
  config.stateAs('model.mlp_bias', 'use_bias_in_mlp', mlpBias);
  config.imply('model.mlp_bias', config.text('mlp_type') !== 'llama');
  config.stateSize('model.moe.num_experts', 'moe_num_experts');
}

/**
 * A gated MLP has two thirds of `intermediate_size`, halved for its two branches and rounded up to `mlp_multiple_of`
 * (megatron/model/transformer.py, `ParallelMLP`): 32768 makes branches of 11008.
 */
function stateMlp(config: ConfigReader): void {
  const activation = config.text('activation') ?? 'gelu';
  const isGated = activation.endsWith('glu') || config.text('mlp_type') === 'llama';
  if (config.value('activation') === undefined) config.imply('model.gated_mlp', isGated);
  else config.stateAs('model.gated_mlp', 'activation', isGated);
  const hidden = config.number('hidden_size') ?? 0;
  const written = config.number('intermediate_size');
  if (!isGated) {
    config.state('model.intermediate_size', 'intermediate_size');
    config.imply('model.intermediate_size', 4 * hidden);
    return;
  }
  const multiple = Math.max(1, config.number('mlp_multiple_of') ?? 1);
  const branch = Math.floor(Math.floor(((written ?? 4 * hidden) * 2) / 3) / 2);
  const width = Math.ceil(branch / multiple) * multiple;
  config.stateAs('model.intermediate_size', written === null ? 'activation' : 'intermediate_size', width);
}

/** Entries of the tokenizers that are told by their type or file; others leave the vocabulary open. */
function stateVocabulary(config: ConfigReader): void {
  const file = config.text('vocab_file') ?? '';
  const type = config.text('tokenizer_type') ?? '';
  const entries = file.endsWith('20B_tokenizer.json') ? 50_277 : type === 'GPT2BPETokenizer' ? 50_257 : null;
  if (entries === null) {
    config.state('model.tokenizer', 'vocab_file', 'tokenizer_type');
    return;
  }
  const divisor = config.number('make_vocab_size_divisible_by') ?? 128;
  const rows = paddedVocabulary(entries, divisor, config.number('model_parallel_size') ?? 1);
  config.stateAs('model.vocab_size', file.endsWith('20B_tokenizer.json') ? 'vocab_file' : 'tokenizer_type', rows);
}

const norms = {
  layernorm: 'layernorm',
  rmsnorm: 'rmsnorm',
  scalenorm: null,
  te_layernorm: 'layernorm',
  te_rmsnorm: 'rmsnorm',
  non_parametric_layernorm: null,
} as const;
const positions = {
  learned: 'learned',
  rotary: 'rope',
  rpe: null,
  alibi: 'alibi',
  none: 'none',
  sinusoidal: 'none',
} as const;
