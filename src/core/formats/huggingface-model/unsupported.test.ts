import { expect, test } from 'vitest';
import { llama, ofUnknownType, read } from '../../../../test/support/a-hub-config.ts';

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

test.each([
  [{ zero_expert_num: 256, n_routed_experts: 512 }, 'zero_expert_num'],
  [{ mamba_expand: 2 }, 'mamba_expand'],
  [{ experts_in_a_layer: 64 }, 'experts_in_a_layer'],
])('a type that is not known with %j is not counted as if it were a plain decoder', (keys, key) => {
  expect(read({ ...ofUnknownType, ...keys })).toMatchObject({
    run: null,
    problems: [{ code: 'unsupported-model', key }],
  });
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
