import { expect, test } from 'vitest';
import { resolveRun } from '../../resolve/resolve-run.ts';
import { readRun } from '../index.ts';

const llama = {
  architectures: ['LlamaForCausalLM'],
  hidden_size: 4096,
  intermediate_size: 14336,
  max_position_embeddings: 8192,
  model_type: 'llama',
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
  torch_dtype: 'bfloat16',
};

test('a Llama config states its dimensions, and its type implies the rest', () => {
  const { run, problems } = read(llama);
  expect(problems).toEqual([]);
  expect(run?.name).toBe('tiny');
  expect(run?.facts['model.hidden_size']).toEqual({
    value: 4096,
    authority: 'config',
    place: { path: 'models/tiny/config.json', line: 5, column: 3 },
  });
  expect(run?.facts['model.gated_mlp']).toEqual({ value: true, authority: 'default', place: null });
  expect(valuesOf(llama)).toEqual({
    'model.hidden_size': 4096,
    'model.intermediate_size': 14336,
    'model.max_position_embeddings': 8192,
    'model.num_attention_heads': 32,
    'model.num_layers': 32,
    'model.num_key_value_heads': 8,
    'model.vocab_size': 128256,
    'model.gated_mlp': true,
    'model.norm': 'rmsnorm',
    'model.position_embedding': 'rope',
    'model.tie_word_embeddings': false,
    'model.attention_bias': false,
    'model.mlp_bias': false,
  });
});

test('what the file states wins over what its type implies', () => {
  const { run } = read({ ...llama, tie_word_embeddings: true, attention_bias: true });
  expect(run?.facts['model.tie_word_embeddings']).toMatchObject({ value: true, authority: 'config' });
  expect(run?.facts['model.attention_bias']).toMatchObject({ value: true, authority: 'config' });
});

test('an unknown model type states what is written and no more', () => {
  const facts = Object.values(read({ ...llama, model_type: 'constructor' }).run!.facts);
  expect(facts).toHaveLength(7);
  for (const fact of facts) expect(fact.authority).toBe('config');
});

test.each([
  [
    'gpt2',
    { n_embd: 768, n_head: 12, n_layer: 12, n_positions: 1024, n_inner: null },
    {
      'model.hidden_size': 768,
      'model.num_layers': 12,
      'model.num_attention_heads': 12,
      'model.max_position_embeddings': 1024,
      'model.position_embedding': 'learned',
      'model.tie_word_embeddings': true,
      'model.attention_bias': true,
      'model.norm': 'layernorm',
    },
  ],
  [
    'opt',
    { hidden_size: 768, ffn_dim: 3072 },
    { 'model.intermediate_size': 3072, 'model.position_embedding': 'learned' },
  ],
  [
    'gpt_neox',
    { hidden_size: 768 },
    { 'model.position_embedding': 'rope', 'model.tie_word_embeddings': false, 'model.mlp_bias': true },
  ],
  ['qwen2', { hidden_size: 896 }, { 'model.qkv_bias': true, 'model.gated_mlp': true }],
  ['qwen3', { hidden_size: 1024 }, { 'model.qk_norm': true, 'model.head_dim': 128 }],
  ['gemma', { hidden_size: 2048 }, { 'model.tie_word_embeddings': true, 'model.head_dim': 256 }],
  ['starcoder2', { hidden_size: 3072, use_bias: false }, { 'model.attention_bias': false, 'model.mlp_bias': false }],
  [
    'falcon',
    { hidden_size: 4544, num_attention_heads: 71, num_kv_heads: 71, multi_query: true },
    { 'model.num_key_value_heads': 1 },
  ],
  ['falcon', { hidden_size: 4544, num_attention_heads: 71 }, { 'model.num_key_value_heads': 1 }],
  [
    'falcon',
    { hidden_size: 8192, num_kv_heads: 8, new_decoder_architecture: true },
    { 'model.num_key_value_heads': 8 },
  ],
  ['falcon', { hidden_size: 2048, alibi: true, multi_query: false }, { 'model.position_embedding': 'alibi' }],
])('%s %j', (modelType, config, expected) => {
  expect(valuesOf({ model_type: modelType, ...config })).toMatchObject(expected);
});

test.each([
  [
    'mixtral',
    { intermediate_size: 14336, num_local_experts: 8, num_experts_per_tok: 2 },
    { 'model.moe.num_experts': 8, 'model.moe.experts_per_token': 2, 'model.moe.intermediate_size': 14336 },
  ],
  [
    'qwen2_moe',
    { num_experts: 60, moe_intermediate_size: 1408, shared_expert_intermediate_size: 5632, decoder_sparse_step: 1 },
    {
      'model.moe.intermediate_size': 1408,
      'model.moe.shared_experts': 1,
      'model.moe.shared_intermediate_size': 5632,
      'model.moe.every': 1,
    },
  ],
  [
    'deepseek',
    { n_routed_experts: 64, n_shared_experts: 2, first_k_dense_replace: 1, moe_intermediate_size: 1408 },
    { 'model.moe.num_experts': 64, 'model.moe.shared_experts': 2, 'model.moe.first_dense_layers': 1 },
  ],
])('the experts of %s are read', (modelType, config, expected) => {
  expect(valuesOf({ model_type: modelType, hidden_size: 2048, ...config })).toMatchObject(expected);
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
])('%s adds up to its %d parameters', (_, total, config) => {
  const { run, problems } = read(config);
  expect(problems).toEqual([]);
  expect(resolveRun(run!, {}, null).run.parameters?.total).toBe(total);
});

test('a key that is null is none, whatever the class has', () => {
  const config = { model_type: 'deepseek_v2', hidden_size: 2048, num_attention_heads: 16, q_lora_rank: null };
  expect(valuesOf(config)).not.toHaveProperty('model.mla.q_lora_rank');
  expect(valuesOf({ ...config, q_lora_rank: 1536 })).toHaveProperty(['model.mla.q_lora_rank'], 1536);
});

test('a tower whose class is not known is a problem that names it', () => {
  const { run, problems } = read({ ...llama, model_type: 'llava', vision_config: { model_type: 'eyes' } });
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ code: 'unsupported-model', key: 'vision_config' }]);
  expect(problems[0]?.message).toContain('eyes');
});

test('a size of a tower that no model has is a problem at its place', () => {
  const vision = { model_type: 'clip_vision_model', hidden_size: -5 };
  expect(read({ ...llama, model_type: 'llava', vision_config: vision }).problems).toMatchObject([
    { code: 'invalid-value', key: 'vision_config.hidden_size' },
  ]);
});

test('no experts means a dense model, whatever else is said of them', () => {
  const dense = { ...llama, num_experts: 0, num_experts_per_tok: 0, moe_intermediate_size: 768 };
  expect(Object.keys(valuesOf(dense)).filter((field) => field.startsWith('model.moe'))).toEqual([]);
});

test.each([
  [{ is_encoder_decoder: true }, 'is_encoder_decoder'],
  [{ vision_config: {} }, 'vision_config'],
  [{ layer_types: ['linear_attention', 'full_attention'] }, 'layer_types'],
  [{ architectures: ['BertForMaskedLM'] }, 'architectures'],
])('%j is not counted as if it were a plain decoder', (more, key) => {
  expect(read({ ...llama, ...more })).toMatchObject({ run: null, problems: [{ code: 'unsupported-model', key }] });
});

test('sliding and full attention layers are plain ones', () => {
  expect(
    read({ ...llama, layer_types: ['sliding_attention', 'full_attention'], is_encoder_decoder: false }).problems,
  ).toEqual([]);
});

test('values that no model can have are problems, all at once', () => {
  const { run, problems } = read({ ...llama, hidden_size: -1, num_hidden_layers: '32', vocab_size: 1e12 });
  expect(run).toBeNull();
  expect(problems.map(({ key, message }) => [key, message])).toEqual([
    ['hidden_size', 'Found -1.'],
    ['num_hidden_layers', 'Found "32".'],
    ['vocab_size', 'Found 1000000000000.'],
  ]);
});

function read(config: object) {
  return readRun('models/tiny/config.json', JSON.stringify(config, null, 2), new Map());
}

function valuesOf(config: object): Record<string, unknown> {
  const { run, problems } = read(config);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}
