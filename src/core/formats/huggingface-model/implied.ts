import type { RunValues } from '../../run/fields.ts';

type Implied = { readonly [Field in keyof RunValues]?: RunValues[Field] };

/**
 * What a model type means where its `config.json` doesn't say: the layers that its modeling file builds and the
 * defaults of its configuration class (transformers 4.57, src/transformers/models/<model type>/). Config files leave
 * out what equals a default, and never say how the layers are built.
 */
export function impliedBy(modelType: string): Implied {
  return Object.hasOwn(modelTypes, modelType) ? (modelTypes[modelType] ?? {}) : {};
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
const gpt2: Implied = {
  'model.gated_mlp': false,
  'model.norm': 'layernorm',
  'model.position_embedding': 'learned',
  'model.tie_word_embeddings': true,
  'model.attention_bias': true,
  'model.mlp_bias': true,
};

const modelTypes: Readonly<Record<string, Implied>> = {
  deepseek: llama,
  deepseek_v2: llama,
  deepseek_v3: llama,
  falcon: { ...gpt2, 'model.position_embedding': 'rope', 'model.attention_bias': false, 'model.mlp_bias': false },
  gemma: { ...llama, 'model.tie_word_embeddings': true, 'model.head_dim': 256 },
  gemma2: { ...llama, 'model.tie_word_embeddings': true, 'model.head_dim': 256 },
  gemma3_text: { ...llama, 'model.tie_word_embeddings': true, 'model.head_dim': 256, 'model.qk_norm': true },
  gpt2,
  gpt_bigcode: gpt2,
  gpt_neox: { ...gpt2, 'model.position_embedding': 'rope', 'model.tie_word_embeddings': false },
  granite: llama,
  llama,
  mistral: llama,
  mixtral: llama,
  // OLMo's LayerNorm has neither weight nor bias, which no value of model.norm says.
  olmo: without(llama, 'model.norm'),
  olmo2: { ...llama, 'model.qk_norm': true },
  opt: gpt2,
  phi: { ...gpt2, 'model.position_embedding': 'rope', 'model.tie_word_embeddings': false },
  phi3: llama,
  qwen2: { ...llama, 'model.qkv_bias': true },
  qwen2_moe: { ...llama, 'model.qkv_bias': true },
  qwen3: { ...llama, 'model.qk_norm': true, 'model.head_dim': 128 },
  qwen3_moe: { ...llama, 'model.qk_norm': true },
  stablelm: { ...llama, 'model.norm': 'layernorm' },
  starcoder2: { ...gpt2, 'model.position_embedding': 'rope' },
};

/** Model types with one key/value head for all query heads unless `multi_query` is false (FalconConfig, GPTBigCodeConfig). */
export const multiQueryByDefault: ReadonlySet<string> = new Set(['falcon', 'gpt_bigcode']);

function without(implied: Implied, field: keyof RunValues): Implied {
  return Object.fromEntries(Object.entries(implied).filter(([key]) => key !== field));
}
