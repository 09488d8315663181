import { expect, test } from 'vitest';
import { read } from '../../../../test/support/a-hub-config.ts';
import { resolveRun } from '../../resolve/resolve-run.ts';

test.each([
  [
    'google-t5/t5-small',
    60_506_624,
    {
      ...{
        architectures: ['T5ForConditionalGeneration'],
        model_type: 't5',
        is_encoder_decoder: true,
        vocab_size: 32128,
      },
      ...{ d_model: 512, d_ff: 2048, d_kv: 64, num_layers: 6, num_heads: 8 },
    },
  ],
  [
    'openai/whisper-tiny',
    37_760_640,
    {
      ...{ model_type: 'whisper', d_model: 384, encoder_layers: 4, decoder_layers: 4, vocab_size: 51865 },
      ...{ encoder_attention_heads: 6, decoder_attention_heads: 6, encoder_ffn_dim: 1536, decoder_ffn_dim: 1536 },
    },
  ],
  [
    'ai21labs/Jamba-v0.1',
    51_570_323_328,
    {
      ...{ model_type: 'jamba', hidden_size: 4096, intermediate_size: 14336, num_hidden_layers: 32, vocab_size: 65536 },
      ...{ num_attention_heads: 32, num_key_value_heads: 8, attn_layer_period: 8, attn_layer_offset: 4 },
      ...{ expert_layer_period: 2, expert_layer_offset: 1, num_experts: 16, num_experts_per_tok: 2 },
      ...{ mamba_d_state: 16, mamba_d_conv: 4, mamba_expand: 2, mamba_dt_rank: 256 },
    },
  ],
  [
    'Qwen/Qwen3-Next-80B-A3B-Instruct',
    79_674_391_296,
    {
      ...{ model_type: 'qwen3_next', hidden_size: 2048, intermediate_size: 5120, num_hidden_layers: 48 },
      ...{ num_attention_heads: 16, num_key_value_heads: 2, head_dim: 256, vocab_size: 151936 },
      ...{ num_experts: 512, moe_intermediate_size: 512, shared_expert_intermediate_size: 512 },
      ...{ linear_num_key_heads: 16, linear_num_value_heads: 32, linear_key_head_dim: 128, linear_value_head_dim: 128 },
    },
  ],
  [
    'google/gemma-3-4b-it, whose text leaves out what its class has',
    4_300_079_472,
    {
      ...{ model_type: 'gemma3', architectures: ['Gemma3ForConditionalGeneration'] },
      text_config: { model_type: 'gemma3_text', hidden_size: 2560, intermediate_size: 10240, num_hidden_layers: 34 },
      vision_config: {
        ...{ model_type: 'siglip_vision_model', hidden_size: 1152, intermediate_size: 4304, num_hidden_layers: 27 },
        ...{ num_attention_heads: 16, image_size: 896, patch_size: 14, vision_use_head: false },
      },
    },
  ],
  [
    'arcee-ai/Trinity-Mini',
    26_123_974_400,
    {
      ...{ model_type: 'afmoe', hidden_size: 2048, num_hidden_layers: 32, num_dense_layers: 2, vocab_size: 200192 },
      ...{ num_attention_heads: 32, num_key_value_heads: 4, intermediate_size: 6144, moe_intermediate_size: 1024 },
      ...{ num_experts: 128, num_experts_per_tok: 8, num_shared_experts: 1 },
    },
  ],
  [
    'tencent/Hunyuan-A13B-Instruct, whose sizes are lists',
    80_393_183_232,
    {
      ...{ model_type: 'hunyuan_v1_moe', hidden_size: 4096, num_hidden_layers: 32, vocab_size: 128167, head_dim: 128 },
      ...{ num_attention_heads: 32, num_key_value_heads: 8, intermediate_size: 3072, tie_word_embeddings: true },
      ...{ num_experts: 64, moe_topk: Array.from({ length: 32 }, () => 8), moe_intermediate_size: [3072, 3072] },
    },
  ],
  [
    'Qwen/Qwen-7B, from its own code',
    7_721_324_544,
    {
      ...{ model_type: 'qwen', architectures: ['QWenLMHeadModel'], hidden_size: 4096, num_hidden_layers: 32 },
      ...{ num_attention_heads: 32, intermediate_size: 22016, vocab_size: 151936, layer_norm_epsilon: 1e-6 },
    },
  ],
  [
    'LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct, whose layers are num_layers',
    7_818_448_896,
    {
      ...{ model_type: 'exaone', hidden_size: 4096, num_layers: 32, vocab_size: 102400, intermediate_size: 14336 },
      ...{ num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128, activation_function: 'silu' },
    },
  ],
  [
    'inclusionAI/Ling-mini-2.0, by its keys alone',
    16_255_643_392,
    {
      ...{ model_type: 'bailing_moe', hidden_size: 2048, num_hidden_layers: 20, vocab_size: 157184, head_dim: 128 },
      ...{ num_attention_heads: 16, num_key_value_heads: 4, intermediate_size: 5120, moe_intermediate_size: 512 },
      ...{ num_experts: 256, num_experts_per_tok: 8, num_shared_experts: 1, first_k_dense_replace: 1 },
      ...{ moe_router_enable_expert_bias: true, use_qk_norm: true, use_qkv_bias: false, use_bias: false },
      ...{ hidden_act: 'silu', rms_norm_eps: 1e-6, tie_word_embeddings: false },
    },
  ],
])('%s adds up to its %d parameters', (_, total, config) => {
  const { run, problems } = read(config);
  expect(problems).toEqual([]);
  expect(resolveRun(run!, {}, null).run.parameters?.total).toBe(total);
});

test('the latent attention of DeepSeek-V2 is counted', () => {
  const { run } = read({
    ...{ model_type: 'deepseek_v2', vocab_size: 102400, hidden_size: 2048, num_hidden_layers: 27 },
    ...{ num_attention_heads: 16, num_key_value_heads: 16, intermediate_size: 10944 },
    ...{ kv_lora_rank: 512, q_lora_rank: null, qk_nope_head_dim: 128, qk_rope_head_dim: 64, v_head_dim: 128 },
    ...{ n_routed_experts: 64, n_shared_experts: 2, num_experts_per_tok: 6, moe_intermediate_size: 1408 },
    ...{ first_k_dense_replace: 1, moe_layer_freq: 1 },
  });
  expect(resolveRun(run!, {}, null).run.parameters?.total).toBe(15_706_484_224);
});
