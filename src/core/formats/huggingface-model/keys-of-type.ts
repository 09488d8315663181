import type { HubConfig } from './hub-config.ts';
import type { Implied } from './implied.ts';
import { expertCount } from './expert-layers.ts';

/**
 * What follows from keys that only some model types have, by the type: biases, norms and widths that their modeling
 * files in transformers 5.18 make of them.
 */
export function fromKeysOfType(config: HubConfig): Implied {
  return Object.hasOwn(types, config.type) ? (types[config.type]?.(config) ?? {}) : {};
}

const types: Readonly<Record<string, (config: HubConfig) => Implied>> = {
  // Two learned values a layer: the slopes of its activation (xIELU).
  apertus: (config) => ({ 'model.other_parameters': 2 * (config.count('num_hidden_layers') ?? 0) }),
  bitnet: (config) => perLayer(config, (config.count('hidden_size') ?? 0) + (config.count('intermediate_size') ?? 0)),
  bert: (config) => ({ 'model.other_parameters': typesAndPooler(config, true) }),
  camembert: (config) => ({ 'model.other_parameters': typesAndPooler(config, true) }),
  cohere: (config) => (config.flag('use_qk_norm') === true ? { 'model.other_parameters': cohereQkNorms(config) } : {}),
  distilbert: (config) => distilbert(config),
  dbrx: (config) => dbrx(config),
  // Four vectors of a head's width that weigh the two maps against each other.
  diffllama: (config) => perLayer(config, 4 * headDimOf(config)),
  ernie4_5_moe: (config) => ({
    'model.moe.router_bias': true,
    ...useBias(config),
  }),
  ernie4_5: useBias,
  falcon: (config) => falcon(config),
  roberta: (config) => ({ 'model.other_parameters': typesAndPooler(config, true) }),
  'xlm-roberta': (config) => ({ 'model.other_parameters': typesAndPooler(config, true) }),
  glm4_moe: (config) => ({ 'model.qk_norm': config.flag('use_qk_norm') ?? false }),
  glm4_moe_lite: (config) => (config.texts('mlp_layer_types') === null ? { 'model.moe.first_dense_layers': 1 } : {}),
  gpt_neo: (config) => gptNeo(config),
  granitemoehybrid: (config) => graniteHybrid(config),
  granitemoeshared: (config) => sharedWidth(config, 'shared_intermediate_size'),
  // One shared expert, as wide as a routed one (HunYuanMoEV1MLP), whatever the file counts.
  hunyuan_v1_moe: (config) => ({
    'model.moe.shared_experts': 1,
    'model.moe.shared_intermediate_size': config.count('intermediate_size') ?? 0,
    'model.moe.intermediate_size': config.count('intermediate_size') ?? 0,
  }),
  internlm: (config) => ({ 'model.attention_bias': config.flag('bias') ?? true, 'model.mlp_bias': false }),
  llama4_text: (config) => llama4(config),
  lfm2: (config) => lfm2(config),
  lfm2_moe: (config) => ({
    'model.short_convolution.kernel': config.count('conv_L_cache') ?? 3,
    'model.short_convolution.bias': config.flag('conv_bias') ?? false,
  }),
  // Eight rows of the embedding are images', which the head does not predict.
  mllama_text_model: (config) => ({
    'model.cross_attention.gated': true,
    'model.other_parameters': 8 * (config.count('hidden_size') ?? 0),
  }),
  mpt: (config) => mpt(config),
  nemotron_h: (config) => sharedWidth(config, 'moe_shared_expert_intermediate_size'),
  openelm: (config) => openelm(config),
  opt: (config) => opt(config),
  persimmon: (config) => (config.flag('qk_layernorm') === true ? persimmonNorms(config) : {}),
  phi: (config) => (config.flag('qk_layernorm') === true ? persimmonNorms(config) : {}),
  phimoe: (config) => ({ 'model.head_bias': config.flag('lm_head_bias') ?? false }),
  // The width that is written is that of the gate and of what it gates together (Qwen's released code, modeling_qwen.py).
  qwen: (config) => ({ 'model.intermediate_size': Math.floor((config.count('intermediate_size') ?? 0) / 2) }),
  qwen2_moe: (config) => ({ 'model.qkv_bias': config.flag('qkv_bias') ?? true }),
  recurrent_gemma: (config) => recurrentGemma(config),
  stablelm: (config) => stablelm(config),
};

function perLayer(config: HubConfig, parameters: number): Implied {
  return { 'model.other_parameters': parameters * (config.count('num_hidden_layers') ?? 0) };
}

function headDimOf(config: HubConfig): number {
  return config.count('head_dim') ?? (config.count('hidden_size') ?? 0) / (config.count('num_attention_heads') ?? 1);
}

/** ERNIE 4.5 biases everything or nothing. */
function useBias(config: HubConfig): Implied {
  const isBiased = config.flag('use_bias') ?? false;
  return { 'model.attention_bias': isBiased, 'model.mlp_bias': isBiased };
}

function gptNeo(config: HubConfig): Implied {
  const [layers, heads] = [
    config.count('num_layers', 'num_hidden_layers'),
    config.count('num_heads', 'num_attention_heads'),
  ];
  return {
    ...(layers === null ? {} : { 'model.num_layers': layers }),
    ...(heads === null ? {} : { 'model.num_attention_heads': heads }),
    'model.qkv_bias': false,
  };
}

/** Token types of the input, and a matrix on the first token's output, which AutoModel builds (BertModel). */
function typesAndPooler(config: HubConfig, hasPooler: boolean): number {
  const h = config.count('hidden_size', 'dim') ?? 0;
  return (config.count('type_vocab_size') ?? 0) * h + (hasPooler ? h * h + h : 0);
}

function distilbert(config: HubConfig): Implied {
  return {
    'model.hidden_size': config.count('dim') ?? 0,
    'model.intermediate_size': config.count('hidden_dim') ?? 0,
  };
}

function cohereQkNorms(config: HubConfig): number {
  const heads =
    (config.count('num_attention_heads') ?? 0) + (config.count('num_key_value_heads', 'num_attention_heads') ?? 0);
  const headDim = (config.count('hidden_size') ?? 0) / (config.count('num_attention_heads') ?? 1);
  return (config.count('num_hidden_layers') ?? 0) * heads * headDim;
}

function dbrx(config: HubConfig): Implied {
  const attention = config.part(['attn_config'], '');
  const ffn = config.part(['ffn_config'], '');
  const experts = ffn?.count('moe_num_experts') ?? null;
  return {
    'model.num_key_value_heads': attention?.count('kv_n_heads') ?? 1,
    'model.intermediate_size': ffn?.count('ffn_hidden_size') ?? 3584,
    ...(experts === null ? {} : { 'model.moe.num_experts': experts }),
    'model.moe.experts_per_token': ffn?.count('moe_top_k') ?? 1,
    'model.moe.intermediate_size': ffn?.count('ffn_hidden_size') ?? 3584,
  };
}

/** Attention and MLP side by side behind one norm, but for the newer architecture and the serial one. */
function falcon(config: HubConfig): Implied {
  const isNew = config.flag('new_decoder_architecture') ?? false;
  const norms = isNew ? (config.count('num_ln_in_parallel_attn') ?? 2) : config.flag('parallel_attn') === false ? 2 : 1;
  return {
    'model.norms_per_layer': norms,
    ...(config.flag('bias') === true ? { 'model.attention_bias': true, 'model.mlp_bias': true } : {}),
  };
}

function graniteHybrid(config: HubConfig): Implied {
  const hasExperts = (expertCount(config) ?? 0) > 0;
  const shared = config.count('shared_intermediate_size') ?? 0;
  // Without experts the shared MLP is the only one.
  return hasExperts ? sharedWidth(config, 'shared_intermediate_size') : { 'model.intermediate_size': shared };
}

function sharedWidth(config: HubConfig, key: string): Implied {
  const width = config.count(key) ?? 0;
  const count = config.count('n_shared_experts') ?? 1;
  return width === 0
    ? {}
    : { 'model.moe.shared_experts': Math.max(1, count), 'model.moe.shared_intermediate_size': width };
}

function llama4(config: HubConfig): Implied {
  const width = config.count('intermediate_size') ?? 0;
  return {
    'model.intermediate_size': config.count('intermediate_size_mlp') ?? width,
    'model.moe.intermediate_size': width,
    'model.moe.shared_experts': 1,
    'model.moe.shared_intermediate_size': width,
    // Its norms on queries and keys learn nothing.
    'model.qk_norm': false,
  };
}

/** Two thirds of the stated width, rounded up to a multiple, unless the config says that it is meant as it stands. */
function lfm2(config: HubConfig): Implied {
  const stated = config.count('block_ff_dim', 'intermediate_size') ?? 0;
  const multiplier = config.value('block_ffn_dim_multiplier');
  const multiple = config.count('block_multiple_of') ?? 256;
  const two = Math.floor((2 * stated) / 3);
  const scaled = typeof multiplier === 'number' ? Math.floor(multiplier * two) : two;
  const width = config.flag('block_auto_adjust_ff_dim') === false ? stated : multiple * Math.ceil(scaled / multiple);
  return {
    'model.intermediate_size': width,
    'model.short_convolution.kernel': config.count('conv_L_cache') ?? 3,
    'model.short_convolution.bias': config.flag('conv_bias') ?? false,
  };
}

function mpt(config: HubConfig): Implied {
  const hidden = config.count('d_model', 'hidden_size') ?? 0;
  const ratio = config.count('expansion_ratio') ?? 4;
  const isLearned =
    config.part(['attn_config'], '')?.flag('alibi') === false && config.flag('learned_pos_emb') === true;
  return {
    'model.intermediate_size': ratio * hidden,
    ...(isLearned ? { 'model.position_embedding': 'learned' as const } : {}),
  };
}

/** One matrix for keys and values' heads that differ by layer; norms on queries and keys; a shared embedding. */
function openelm(config: HubConfig): Implied {
  return {
    'model.hidden_size': config.count('model_dim') ?? 0,
    'model.num_layers': config.count('num_transformer_layers') ?? 0,
    'model.num_attention_heads': config.counts('num_query_heads')?.[0] ?? 1,
    'model.num_key_value_heads': config.counts('num_kv_heads')?.[0] ?? 1,
    'model.tie_word_embeddings': config.flag('share_input_output_layers') ?? true,
    'model.qk_norm': config.flag('normalize_qk_projections') ?? true,
    'model.intermediate_size': 4 * (config.count('model_dim') ?? 0),
  };
}

/** Two positions more than it says; an embedding of another width has two matrices; older ones end without a norm. */
function opt(config: HubConfig): Implied {
  const hidden = config.count('hidden_size') ?? 0;
  const embedding = config.count('word_embed_proj_dim') ?? hidden;
  const noFinalNorm = config.flag('do_layer_norm_before') === false || config.flag('_remove_final_layer_norm') === true;
  const isBiased = config.flag('enable_bias') ?? true;
  return {
    'model.other_parameters': 2 * hidden,
    'model.intermediate_size': config.count('ffn_dim') ?? 4 * hidden,
    'model.attention_bias': isBiased,
    'model.mlp_bias': isBiased,
    ...(noFinalNorm ? { 'model.final_norm': false } : {}),
    ...(embedding === hidden ? {} : { 'model.embedding_size': embedding }),
  };
}

/** LayerNorms of one head on queries and keys, which all heads share: a weight and a bias each. */
function persimmonNorms(config: HubConfig): Implied {
  const headDim = (config.count('hidden_size') ?? 0) / (config.count('num_attention_heads') ?? 1);
  return { 'model.other_parameters': 4 * headDim * (config.count('num_hidden_layers') ?? 0) };
}

/** MLP of half the stated width, gated; a recurrent width of its own. */
function recurrentGemma(config: HubConfig): Implied {
  const hidden = config.count('hidden_size') ?? 0;
  const width = config.count('intermediate_size') ?? 6 * hidden;
  return {
    'model.intermediate_size': Math.floor(width / 2),
    'model.gated_recurrence.width': config.count('lru_width') ?? hidden,
    'model.gated_recurrence.conv_kernel': config.count('conv1d_width') ?? 4,
  };
}

/** One norm where attention and MLP stand side by side; norms on the queries and keys of each head apart. */
function stablelm(config: HubConfig): Implied {
  const heads = config.count('num_attention_heads') ?? 0;
  const keyValueHeads = config.count('num_key_value_heads') ?? heads;
  const headDim = (config.count('hidden_size') ?? 0) / heads;
  const norms = (heads + keyValueHeads) * headDim * (config.count('num_hidden_layers') ?? 0);
  return {
    'model.qkv_bias': config.flag('use_qkv_bias') ?? false,
    ...(config.flag('use_parallel_residual') === true ? { 'model.norms_per_layer': 1 } : {}),
    ...(config.flag('qk_layernorm') === true ? { 'model.other_parameters': norms } : {}),
  };
}
