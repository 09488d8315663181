import { expect, test } from 'vitest';
import { llama, read, valuesOf } from '../../../../test/support/a-hub-config.ts';

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

test('a key that is null is none, whatever the class has', () => {
  const config = { model_type: 'deepseek_v2', hidden_size: 2048, num_attention_heads: 16, q_lora_rank: null };
  expect(valuesOf(config)).not.toHaveProperty('model.mla.q_lora_rank');
  expect(valuesOf({ ...config, q_lora_rank: 1536 })).toHaveProperty(['model.mla.q_lora_rank'], 1536);
});

test('a list through the layers that has one size for all is that size', () => {
  const experts = { num_experts: 64, moe_intermediate_size: Array.from({ length: 32 }, () => 1024) };
  expect(valuesOf({ ...llama, ...experts })).toMatchObject({ 'model.moe.intermediate_size': 1024 });
  expect(read({ ...llama, num_experts: 64, moe_intermediate_size: [-1, -1] }).problems).toHaveLength(1);
});

test('no experts means a dense model, whatever else is said of them', () => {
  const dense = { ...llama, num_experts: 0, num_experts_per_tok: 0, moe_intermediate_size: 768 };
  expect(Object.keys(valuesOf(dense)).filter((field) => field.startsWith('model.moe'))).toEqual([]);
});

test.each([
  ['a type of its own', { model_type: 'mine' }],
  ['no type', { model_type: undefined }],
])('with %s, the class that the config names says how the layers are built', (_, type) => {
  const { facts } = read({ ...llama, ...type }).run!;
  expect(facts['model.gated_mlp']).toMatchObject({ value: true, authority: 'default' });
  expect(facts).not.toHaveProperty(['model.unknown_type']);
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
