import type { RunValues } from '../../run/fields.ts';

export type Implied = { readonly [Field in keyof RunValues]?: RunValues[Field] };

/**
 * What a model type means where its `config.json` doesn't say: the layers that its modeling file builds (transformers
 * 5.18, src/transformers/models/<model type>/). Config files never say how the layers are built; defaults of the
 * configuration classes stand in class-defaults.json.
 */
export function impliedBy(modelType: string): Implied {
  return Object.hasOwn(modelTypes, modelType) ? (modelTypes[modelType] ?? {}) : {};
}

export function isKnownType(modelType: string): boolean {
  return Object.hasOwn(modelTypes, modelType);
}

/** The type whose class a config names, where it says no type or one of its own: `LlamaForCausalLM` is Llama's. */
export function typeOfArchitecture(architectures: readonly string[]): string | null {
  const names = architectures.flatMap((name) => /^(\w{1,80})ForCausalLM$/.exec(name)?.[1]?.toLowerCase() ?? []);
  return Object.keys(modelTypes).find((type) => names.includes(type.replaceAll(/[_-]/g, ''))) ?? null;
}

/** Llama's block: SwiGLU, RMSNorm, rotary positions, no biases (LlamaConfig). */
const llama: Implied = {
  'model.gated_mlp': true,
  'model.norm': 'rmsnorm',
  'model.position_embedding': 'rope',
  'model.tie_word_embeddings': false,
  'model.attention_bias': false,
  'model.mlp_bias': false,
};

/** GPT-2's block: two MLP matrices, LayerNorm, learned positions, biases everywhere, the head tied (GPT2Config). */
export const gpt2: Implied = {
  'model.gated_mlp': false,
  'model.norm': 'layernorm',
  'model.position_embedding': 'learned',
  'model.tie_word_embeddings': true,
  'model.attention_bias': true,
  'model.mlp_bias': true,
};

const tied: Implied = { 'model.tie_word_embeddings': true };
const rope: Implied = { 'model.position_embedding': 'rope' };
const qkNorm: Implied = { 'model.qk_norm': true };
const fullQkNorm: Implied = { ...qkNorm, 'model.qk_norm_all_heads': true };
/** `attention_bias` means query, key and value alone. */
const noOutputBias: Implied = { 'model.attention_output_bias': false };
const routerBias: Implied = { 'model.moe.router_bias': true };
const fourNorms: Implied = { 'model.norms_per_layer': 4 };
const softcapped: Implied = { 'model.logit_softcapping': true, 'model.attention_softcapping': true };
const fused: Implied = { 'model.fused_projections': true };
const compositeGelu: Implied = { 'model.composite_gelu': true };
const biasFreeNorm: Implied = { 'model.norm': 'layernorm', 'model.norm_bias': false };
const noPositions: Implied = { 'model.position_embedding': 'none' };

/** BERT's block over tokens that see both sides (BertConfig). */
const bert: Implied = {
  ...gpt2,
  'model.causal': false,
  'model.embedding_norm': true,
  'model.final_norm': false,
};

const deepseekV3: Implied = { ...llama, ...routerBias };
const gptj: Implied = {
  ...gpt2,
  ...compositeGelu,
  ...rope,
  'model.norms_per_layer': 1,
  'model.attention_bias': false,
  'model.tie_word_embeddings': false,
  'model.head_bias': true,
};
const gatedDelta: Implied = {
  ...llama,
  ...qkNorm,
  'model.attention_gate': true,
  'model.linear_attention.kind': 'gated_delta',
};

const modelTypes: Readonly<Record<string, Implied>> = {
  afmoe: { ...llama, ...qkNorm, ...fourNorms, ...routerBias, 'model.attention_gate': true },
  apertus: { ...llama, ...qkNorm, 'model.gated_mlp': false },
  arcee: { ...llama, 'model.gated_mlp': false },
  baichuan: llama,
  bamba: llama,
  bert,
  bitnet: llama,
  bloom: { ...gpt2, 'model.position_embedding': 'alibi', 'model.embedding_norm': true },
  camembert: bert,
  codegen: gptj,
  cohere: { ...llama, ...biasFreeNorm, ...tied, 'model.norms_per_layer': 1 },
  cohere2: { ...llama, ...biasFreeNorm, ...tied, 'model.norms_per_layer': 1 },
  dbrx: { ...llama, ...biasFreeNorm, ...fused },
  deepseek: llama,
  deepseek_v2: llama,
  deepseek_v3: deepseekV3,
  deepseek_v32: llama,
  diffllama: llama,
  distilbert: bert,
  dots1: { ...llama, ...qkNorm },
  ernie4_5: { ...llama, ...tied },
  ernie4_5_moe: { ...llama, ...tied },
  exaone: llama,
  exaone4: { ...llama, ...qkNorm },
  falcon: { ...gpt2, ...rope, 'model.attention_bias': false, 'model.mlp_bias': false },
  falcon_h1: { ...llama, 'model.mamba.output_norm': false },
  falcon_mamba: { ...llama, ...noPositions, 'model.norms_per_layer': 1 },
  flex_olmo: { ...llama, ...fullQkNorm },
  gemma: { ...llama, ...tied },
  gemma2: { ...llama, ...tied, ...fourNorms, ...softcapped },
  gemma3_text: { ...llama, ...tied, ...fourNorms, ...qkNorm },
  glm: { ...llama, ...noOutputBias },
  glm4: { ...llama, ...noOutputBias, ...fourNorms },
  glm4_moe: { ...llama, ...noOutputBias },
  glm4_moe_lite: llama,
  glm_moe_dsa: llama,
  gpt2: { ...gpt2, ...compositeGelu },
  gpt_bigcode: gpt2,
  gpt_neo: { ...gpt2, ...compositeGelu, 'model.qkv_bias': false },
  gpt_neox: { ...gpt2, ...rope, ...fused, 'model.tie_word_embeddings': false },
  gpt_oss: {
    ...llama,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'model.attention_sinks': true,
    ...routerBias,
  },
  gptj,
  granite: llama,
  granitemoe: llama,
  granitemoehybrid: llama,
  granitemoeshared: llama,
  helium: { ...llama, ...noOutputBias },
  hunyuan_v1_dense: { ...llama, ...qkNorm },
  hunyuan_v1_moe: { ...llama, ...qkNorm },
  internlm: llama,
  internlm2: llama,
  internlm3: llama,
  jamba: { ...llama, ...noPositions, 'model.mamba.inner_norms': true },
  kimi_k2: deepseekV3,
  kimi_linear: { ...llama, 'model.linear_attention.kind': 'kimi' },
  lfm2: { ...llama, ...tied, ...qkNorm },
  lfm2_moe: { ...llama, ...tied, ...qkNorm },
  llama,
  llama4_text: llama,
  mamba: { ...llama, ...noPositions, ...tied, 'model.norms_per_layer': 1 },
  mamba2: { ...llama, ...noPositions, 'model.norms_per_layer': 1 },
  minicpm: llama,
  minimax: { ...llama, 'model.linear_attention.kind': 'lightning' },
  minimax_m2: { ...llama, ...fullQkNorm },
  ministral3: llama,
  mistral: llama,
  mixtral: llama,
  mllama_text_model: llama,
  mpt: {
    ...gpt2,
    ...biasFreeNorm,
    'model.position_embedding': 'alibi',
    'model.attention_bias': false,
    'model.mlp_bias': false,
  },
  nemotron: { ...llama, 'model.gated_mlp': false, 'model.norm': 'layernorm' },
  nemotron_h: { ...llama, ...noPositions, 'model.gated_mlp': false, 'model.norms_per_layer': 1 },
  'nemotron-nas': llama,
  olmo: { ...llama, 'model.norm': 'layernorm', 'model.norm_weights': false },
  olmo2: { ...llama, ...fullQkNorm },
  olmo3: { ...llama, ...fullQkNorm },
  olmoe: { ...llama, ...fullQkNorm },
  openelm: { ...llama, ...tied, ...qkNorm },
  opt: gpt2,
  persimmon: { ...gpt2, ...rope, 'model.tie_word_embeddings': false },
  phi: {
    ...gpt2,
    ...rope,
    ...compositeGelu,
    'model.tie_word_embeddings': false,
    'model.norms_per_layer': 1,
    'model.head_bias': true,
  },
  phi3: { ...llama, ...fused },
  phimoe: { ...llama, 'model.norm': 'layernorm' },
  qwen: { ...llama, ...noOutputBias, 'model.attention_bias': true },
  qwen2: { ...llama, 'model.qkv_bias': true },
  qwen2_moe: { ...llama, 'model.qkv_bias': true, 'model.moe.shared_expert_gate': true },
  qwen2_5_vl_text: { ...llama, 'model.qkv_bias': true },
  qwen2_vl_text: { ...llama, 'model.qkv_bias': true },
  qwen3: { ...llama, ...qkNorm },
  qwen3_5_moe_text: { ...gatedDelta, 'model.moe.shared_expert_gate': true },
  qwen3_5_text: gatedDelta,
  qwen3_moe: { ...llama, ...qkNorm },
  qwen3_next: { ...gatedDelta, 'model.moe.shared_expert_gate': true },
  qwen3_vl_moe_text: { ...llama, ...qkNorm },
  qwen3_vl_text: { ...llama, ...qkNorm },
  recurrent_gemma: {
    ...llama,
    ...tied,
    'model.mlp_bias': true,
    'model.attention_output_bias': true,
    'model.qkv_bias': false,
  },
  roberta: bert,
  seed_oss: { ...llama, ...noOutputBias, 'model.attention_bias': true },
  smollm3: { ...llama, ...tied },
  stablelm: { ...llama, 'model.norm': 'layernorm', ...noOutputBias },
  starcoder2: { ...gpt2, ...rope },
  vaultgemma: { ...llama, ...tied },
  'xlm-roberta': bert,
};

/** Model types with one key/value head for all query heads unless `multi_query` is false (FalconConfig, GPTBigCodeConfig). */
export const multiQueryByDefault: ReadonlySet<string> = new Set(['falcon', 'gpt_bigcode']);
