import { expect, test } from 'vitest';
import { ofUnknownType, read, valuesOf } from '../../../../test/support/a-hub-config.ts';
import { resolveRun } from '../../resolve/resolve-run.ts';

test('of a type that is not known, keys tell what they can, and each conclusion is an assumption', () => {
  const { run } = read({ ...ofUnknownType, hidden_act: 'silu', rms_norm_eps: 1e-5, transformers_version: '4.57.1' });
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
  const { run } = read(ofUnknownType);
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
  expect(valuesOf({ ...ofUnknownType, ...keys })).toMatchObject(expected);
});

test('an activation that carries more than a name is repeated as a name', () => {
  const { run } = read({ ...ofUnknownType, hidden_act: 'silu`<img src=x>\n' });
  expect(run?.facts['model.gated_mlp']?.reason).toBe('hidden_act is siluimgsrcx; published types have it in a gate');
});

test('a GELU beside a norm that no key names tells nothing of the gate', () => {
  expect(valuesOf({ ...ofUnknownType, hidden_act: 'gelu' })).not.toHaveProperty('model.gated_mlp');
});
