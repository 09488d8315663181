import type { ConfigReader } from '../config-reader.ts';

/**
 * The dimensions of a MaxText model (configs/base.yml, "Global parameter scale"): a head has `head_dim`, 128 in base.yml;
 * attention has no biases but where `attention_bias` says so, which is on query, key and value. Layers of other kinds
 * (linear attention, several sorts of layers in a cycle) are not counted, and leave the model without dimensions.
 */
export function stateModel(config: ConfigReader): void {
  const named = config.text('model_name');
  const id = named === null ? undefined : hubIds.get(named);
  if (id !== undefined) config.stateAs('model.id', 'model_name', id);
  const scale = Math.max(1, config.number('global_parameter_scale') ?? 1);
  const block = config.text('decoder_block') ?? 'llama2';
  if (scale !== 1 || uncounted.test(block)) return;
  config.state('model.hidden_size', 'base_emb_dim');
  config.state('model.num_layers', 'base_num_decoder_layers');
  config.state('model.num_attention_heads', 'base_num_query_heads');
  config.state('model.num_key_value_heads', 'base_num_kv_heads');
  config.state('model.intermediate_size', 'base_mlp_dim');
  config.state('model.head_dim', 'head_dim');
  config.state('model.vocab_size', 'vocab_size');
  if (!config.states('model.hidden_size')) return;
  config.imply('model.head_dim', 128);
  config.imply('model.vocab_size', 32_000);
  const activations = config.value('mlp_activations');
  if (Array.isArray(activations)) config.stateAs('model.gated_mlp', 'mlp_activations', activations.length > 1);
  config.imply('model.gated_mlp', true);
  const tied = config.flag('logits_via_embedding');
  config.stateAs('model.tie_word_embeddings', 'logits_via_embedding', tied);
  config.imply('model.tie_word_embeddings', false);
  if (config.text('attention_type') === 'mla') stateLatentAttention(config);
  config.stateAs('model.qk_norm', 'use_qk_norm', config.flag('use_qk_norm'));
  config.imply('model.norm', 'rmsnorm');
  config.stateAs('model.qkv_bias', 'attention_bias', config.flag('attention_bias'));
  stateExperts(config);
}

/** The published models that MaxText has configs for (configs/models), where their own file is not in the repository. */
const hubIds = new Map([
  ['llama2-7b', 'meta-llama/Llama-2-7b-hf'],
  ['llama2-13b', 'meta-llama/Llama-2-13b-hf'],
  ['llama2-70b', 'meta-llama/Llama-2-70b-hf'],
  ['llama3-8b', 'meta-llama/Meta-Llama-3-8B'],
  ['llama3-70b', 'meta-llama/Meta-Llama-3-70B'],
  ['llama3.1-8b', 'meta-llama/Llama-3.1-8B'],
  ['llama3.1-70b', 'meta-llama/Llama-3.1-70B'],
  ['llama3.1-405b', 'meta-llama/Llama-3.1-405B'],
  ['llama3.3-70b', 'meta-llama/Llama-3.3-70B-Instruct'],
  ['mistral-7b', 'mistralai/Mistral-7B-v0.1'],
  ['mixtral-8x7b', 'mistralai/Mixtral-8x7B-v0.1'],
  ['mixtral-8x22b', 'mistralai/Mixtral-8x22B-v0.1'],
  ['gemma-2b', 'google/gemma-2b'],
  ['gemma-7b', 'google/gemma-7b'],
  ['gemma2-2b', 'google/gemma-2-2b'],
  ['gemma2-9b', 'google/gemma-2-9b'],
  ['gemma2-27b', 'google/gemma-2-27b'],
  ['qwen3-0.6b', 'Qwen/Qwen3-0.6B'],
  ['qwen3-1.7b', 'Qwen/Qwen3-1.7B'],
  ['qwen3-4b', 'Qwen/Qwen3-4B'],
  ['qwen3-8b', 'Qwen/Qwen3-8B'],
  ['qwen3-14b', 'Qwen/Qwen3-14B'],
  ['qwen3-32b', 'Qwen/Qwen3-32B'],
  ['qwen3-30b-a3b', 'Qwen/Qwen3-30B-A3B'],
  ['qwen3-235b-a22b', 'Qwen/Qwen3-235B-A22B'],
  ['deepseek2-16b', 'deepseek-ai/DeepSeek-V2-Lite'],
  ['deepseek2-236b', 'deepseek-ai/DeepSeek-V2'],
  ['deepseek3-671b', 'deepseek-ai/DeepSeek-V3'],
  ['gpt-oss-20b', 'openai/gpt-oss-20b'],
  ['gpt-oss-120b', 'openai/gpt-oss-120b'],
]);

function stateLatentAttention(config: ConfigReader): void {
  config.state('model.mla.kv_lora_rank', 'kv_lora_rank');
  config.state('model.mla.q_lora_rank', 'q_lora_rank');
  config.state('model.mla.qk_nope_head_dim', 'qk_nope_head_dim');
  config.state('model.mla.qk_rope_head_dim', 'qk_rope_head_dim');
  config.state('model.mla.v_head_dim', 'v_head_dim');
}

/** Blocks whose layers have parts that this reading has no field for. */
const uncounted = /^(?:gemma[234]|gpt3|gpt_oss|llama4|qwen3_next|qwen3_5|qwen3_custom_moe|simple)/;

function stateExperts(config: ConfigReader): void {
  const experts = config.number('num_experts');
  if (experts === null || experts < 2) return;
  config.state('model.moe.num_experts', 'num_experts');
  config.state('model.moe.experts_per_token', 'num_experts_per_tok');
  config.state('model.moe.capacity_factor', 'capacity_factor');
  config.state('model.moe.intermediate_size', 'base_moe_mlp_dim', 'base_mlp_dim');
  config.stateSize('model.moe.shared_experts', 'shared_experts');
  config.stateAs('model.moe.router_bias', 'routed_bias', config.flag('routed_bias'));
  config.stateSize('model.moe.first_dense_layers', 'first_num_dense_layers');
}
