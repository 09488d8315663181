import type { ConfigReader } from '../config-reader.ts';
import { paddedVocabulary } from '../padded-vocabulary.ts';

/**
 * The dimensions that the flags give, with Megatron's defaults: biases, LayerNorm, learned positions, tied embeddings
 * (megatron/training/arguments.py). Layers of latent attention or state space models are not counted.
 */
export function stateModel(config: ConfigReader): void {
  const uncounted = [
    'multi-latent-attention',
    'hybrid-override-pattern',
    'hybrid-layer-pattern',
    'is-hybrid-model',
    'retro-add-retriever',
  ];
  if (config.first(...uncounted) !== null) return;
  config.state('model.num_layers', 'num-layers');
  config.stateSize('model.num_nextn_predict_layers', 'mtp-num-layers');
  config.state('model.hidden_size', 'hidden-size');
  config.state('model.num_attention_heads', 'num-attention-heads');
  if (config.flag('group-query-attention') === true) config.state('model.num_key_value_heads', 'num-query-groups');
  config.state('model.head_dim', 'kv-channels');
  config.state('model.max_position_embeddings', 'max-position-embeddings');
  stateVocabulary(config);
  stateMlp(config);
  const untied = config.flag('untie-embeddings-and-output-weights') ?? false;
  stateFlag(config, 'model.tie_word_embeddings', 'untie-embeddings-and-output-weights', !untied);
  const isUnbiased = config.flag('disable-bias-linear') ?? false;
  stateFlag(config, 'model.attention_bias', 'disable-bias-linear', !isUnbiased);
  stateFlag(config, 'model.mlp_bias', 'disable-bias-linear', !isUnbiased);
  config.stateAs('model.qkv_bias', 'add-qkv-bias', config.flag('add-qkv-bias'));
  config.stateAs('model.qk_norm', 'qk-layernorm', config.flag('qk-layernorm'));
  config.stateChoice('model.norm', 'normalization', { RMSNorm: 'rmsnorm', LayerNorm: 'layernorm' });
  config.imply('model.norm', 'layernorm');
  const positions = {
    rope: 'rope',
    learned_absolute: 'learned',
    yarn: 'rope',
    mrope: 'rope',
    relative: null,
    none: 'none',
  } as const;
  config.stateChoice('model.position_embedding', 'position-embedding-type', positions);
  config.imply('model.position_embedding', config.flag('use-rotary-position-embeddings') === true ? 'rope' : 'learned');
}

function stateFlag(
  config: ConfigReader,
  field: 'model.tie_word_embeddings' | 'model.attention_bias' | 'model.mlp_bias',
  flag: string,
  value: boolean,
): void {
  if (config.value(flag) === undefined) config.imply(field, value);
  else config.stateAs(field, flag, value);
}

/** NullTokenizer adds an end-of-document token to the vocabulary that is stated. */
function stateVocabulary(config: ConfigReader): void {
  const key = config.first('padded-vocab-size', 'vocab-size');
  const size = key === null ? null : config.number(key);
  if (key === null) {
    const files = ['tokenizer-model', 'tokenizer-name-or-path', 'vocab-file'];
    // A type of Hugging Face's says nothing of its entries, others do
    const saysNothing = config.text('tokenizer-type')?.startsWith('HuggingFace') ?? true;
    config.state('model.tokenizer', ...(saysNothing ? [...files, 'tokenizer-type'] : ['tokenizer-type', ...files]));
  }
  if (key === null || size === null) return;
  if (key === 'padded-vocab-size') {
    config.state('model.vocab_size', key);
    return;
  }
  const entries = config.text('tokenizer-type') === 'NullTokenizer' ? size + 1 : size;
  const divisor = config.number('make-vocab-size-divisible-by') ?? 128;
  const rows = paddedVocabulary(entries, divisor, config.number('tensor-model-parallel-size') ?? 1);
  config.stateAs('model.vocab_size', key, rows);
}

/** Without a width, 4 × hidden, and for SwiGLU two thirds of that in steps of 64 (arguments.py). */
function stateMlp(config: ConfigReader): void {
  const isGated = config.flag('swiglu') === true;
  if (isGated) config.stateAs('model.gated_mlp', 'swiglu', true);
  config.imply('model.gated_mlp', false);
  config.state('model.intermediate_size', 'ffn-hidden-size');
  const hidden = config.number('hidden-size');
  if (hidden !== null) {
    config.imply('model.intermediate_size', isGated ? Math.floor((4 * hidden * 2) / 3 / 64) * 64 : 4 * hidden);
  }
  config.state('model.moe.num_experts', 'num-experts');
  if (!config.states('model.moe.num_experts')) return;
  config.state('model.moe.experts_per_token', 'moe-router-topk');
  config.state('model.moe.capacity_factor', 'moe-expert-capacity-factor');
  config.state('model.moe.intermediate_size', 'moe-ffn-hidden-size');
  const shared = config.number('moe-shared-expert-intermediate-size');
  if (shared === null) return;
  config.stateAs('model.moe.shared_experts', 'moe-shared-expert-intermediate-size', 1);
  config.state('model.moe.shared_intermediate_size', 'moe-shared-expert-intermediate-size');
}
