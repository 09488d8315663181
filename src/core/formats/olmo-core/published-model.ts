/**
 * The published model that a constructor of TransformerConfig makes (olmo_core/nn/transformer/config.py), or its own name
 * where none was published, and the number of layers where it has another one.
 */
export function publishedModel(constructor: string): { readonly id: string; readonly numLayers: number | null } {
  return {
    id: published.get(constructor) ?? `olmo-core:${constructor}`.slice(0, 200),
    numLayers: layers.get(constructor) ?? null,
  };
}

/** `llama2_1B` has 18 layers, and only `olmo2_1B_v2` takes the 16 of the published model. */
const layers = new Map([
  ['olmo_1B', 18],
  ['olmo2_1B', 18],
]);

const published = new Map([
  ['olmo2_1B_v2', 'allenai/OLMo-2-0425-1B'],
  // Version 1 called the models of OLMo 2 by these names
  ['olmo_1B', 'allenai/OLMo-2-0425-1B'],
  ['olmo_7B', 'allenai/OLMo-2-1124-7B'],
  ['olmo_13B', 'allenai/OLMo-2-1124-13B'],
  ['olmo2_1B', 'allenai/OLMo-2-0425-1B'],
  ['olmo2_7B', 'allenai/OLMo-2-1124-7B'],
  ['olmo2_13B', 'allenai/OLMo-2-1124-13B'],
  ['olmo2_32B', 'allenai/OLMo-2-0325-32B'],
  ['olmo3_7B', 'allenai/Olmo-3-1025-7B'],
  ['olmo3_32B', 'allenai/Olmo-3-1125-32B'],
  ['olmoe_1B_7B', 'allenai/OLMoE-1B-7B-0924'],
  ['llama2_7B', 'meta-llama/Llama-2-7b-hf'],
  ['llama2_13B', 'meta-llama/Llama-2-13b-hf'],
  ['llama2_70B', 'meta-llama/Llama-2-70b-hf'],
  ['llama3_1B', 'meta-llama/Llama-3.2-1B'],
  ['llama3_8B', 'meta-llama/Llama-3.1-8B'],
  ['llama3_70B', 'meta-llama/Llama-3.1-70B'],
  ['llama3_405B', 'meta-llama/Llama-3.1-405B'],
  ['qwen3_0_6B', 'Qwen/Qwen3-0.6B'],
  ['qwen3_1_7B', 'Qwen/Qwen3-1.7B'],
  ['qwen3_4B', 'Qwen/Qwen3-4B'],
  ['qwen3_8B', 'Qwen/Qwen3-8B'],
  ['qwen3_14B', 'Qwen/Qwen3-14B'],
  ['qwen3_32B', 'Qwen/Qwen3-32B'],
]);
