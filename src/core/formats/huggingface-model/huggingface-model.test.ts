import { expect, test } from 'vitest';
import { resolveRun } from '../../resolve/resolve-run.ts';
import { readRun } from '../../reading/read-run.ts';

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

const unknown = { ...llama, model_type: 'constructor', architectures: ['ConstructorForCausalLM'] };

test('of a type that is not known, keys tell what they can, and each conclusion is an assumption', () => {
  const { run } = read({ ...unknown, hidden_act: 'silu', rms_norm_eps: 1e-5, transformers_version: '4.57.1' });
  const { assumptions, parameters } = resolveRun(run!, {}, null).run;
  expect(assumptions.filter(({ field }) => field.startsWith('model.'))).toEqual([
    { field: 'model.norm', value: 'rmsnorm', reason: 'inferred from rms_norm_eps: the model type is not known' },
    {
      field: 'model.position_embedding',
      value: 'rope',
      reason: 'not stated; most decoders since 2023 use it',
    },
    { field: 'model.gated_mlp', value: 'true', reason: 'hidden_act is silu; published types have it in a gate' },
    {
      field: 'model.tie_word_embeddings',
      value: 'true',
      reason: 'not stated; transformers 4 leaves it out where it is true',
    },
  ]);
  // Llama 3 8B with its head tied.
  expect(parameters?.total).toBe(8_030_261_248 - 128_256 * 4096);
});

test('a type that is not known and whose MLP no key tells has an unknown size, until the policy tells it', () => {
  const { run } = read(unknown);
  const { unknown: reasons, parameters } = resolveRun(run!, {}, null).run;
  expect(parameters).toBeNull();
  expect(reasons.find(({ field }) => field === 'parameters')?.reason).toContain(
    'the model type constructor is not known, and its config does not tell model.gated_mlp',
  );
  const gated = { 'model.gated_mlp': { value: true, authority: 'policy', place: null } } as const;
  expect(resolveRun(run!, gated, null).run.parameters?.total).toBe(8_030_261_248);
});

test.each([
  [
    { hidden_act: 'silu', layer_norm_eps: 1e-5 },
    { 'model.gated_mlp': true, 'model.norm': 'layernorm' },
  ],
  [{ hidden_activation: 'gelu_pytorch_tanh', rms_norm_eps: 1e-6 }, { 'model.gated_mlp': true }],
  [{ activation_function: 'gelu_new', layer_norm_epsilon: 1e-5 }, { 'model.gated_mlp': false }],
  [{ hidden_act: 'relu2' }, { 'model.gated_mlp': false }],
  [{ activation: 'GeGLU' }, { 'model.gated_mlp': true }],
  [{ use_gated_mlp: false, hidden_act: 'silu' }, { 'model.gated_mlp': false }],
  [
    { qk_layernorm: true, add_qkv_bias: true },
    { 'model.qk_norm': true, 'model.qkv_bias': true },
  ],
  [{ sandwich_norm: true }, { 'model.norms_per_layer': 4 }],
  [{ position_embedding_type: 'learned_absolute' }, { 'model.position_embedding': 'learned' }],
])('the keys of a type that is not known: %j', (keys, expected) => {
  expect(valuesOf({ ...unknown, ...keys })).toMatchObject(expected);
});

test('an activation that carries more than a name is repeated as a name', () => {
  const { run } = read({ ...unknown, hidden_act: 'silu`<img src=x>\n' });
  expect(run?.facts['model.gated_mlp']?.reason).toBe('hidden_act is siluimgsrcx; published types have it in a gate');
});

test('a GELU beside a norm that no key names tells nothing of the gate', () => {
  expect(valuesOf({ ...unknown, hidden_act: 'gelu' })).not.toHaveProperty('model.gated_mlp');
});

test.each([
  [{ zero_expert_num: 256, n_routed_experts: 512 }, 'zero_expert_num'],
  [{ mamba_expand: 2 }, 'mamba_expand'],
  [{ experts_in_a_layer: 64 }, 'experts_in_a_layer'],
])('a type that is not known with %j is not counted as if it were a plain decoder', (keys, key) => {
  expect(read({ ...unknown, ...keys })).toMatchObject({ run: null, problems: [{ code: 'unsupported-model', key }] });
});

test.each([
  ['a type of its own', { model_type: 'mine' }],
  ['no type', { model_type: undefined }],
])('with %s, the class that the config names says how the layers are built', (_, type) => {
  const { facts } = read({ ...llama, ...type }).run!;
  expect(facts['model.gated_mlp']).toMatchObject({ value: true, authority: 'default' });
  expect(facts).not.toHaveProperty(['model.unknown_type']);
});

test('a list through the layers that has one size for all is that size', () => {
  const experts = { num_experts: 64, moe_intermediate_size: Array.from({ length: 32 }, () => 1024) };
  expect(valuesOf({ ...llama, ...experts })).toMatchObject({ 'model.moe.intermediate_size': 1024 });
  expect(read({ ...llama, num_experts: 64, moe_intermediate_size: [-1, -1] }).problems).toHaveLength(1);
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
