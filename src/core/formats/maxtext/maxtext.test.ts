import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const model = `base_emb_dim: 1024
base_num_query_heads: 16
base_num_kv_heads: 8
base_mlp_dim: 3072
base_num_decoder_layers: 28
head_dim: 128
mlp_activations: ["silu", "linear"]
vocab_size: 151936
use_qk_norm: true
logits_via_embedding: true
`;

function read(text: string, referenced: ReadonlyMap<string, string> = new Map()) {
  return readRun('configs/run.yml', text, referenced);
}

function valuesOf(text: string, referenced?: ReadonlyMap<string, string>): Record<string, unknown> {
  const { run, problems } = read(text, referenced);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a model states its dimensions, and the defaults of base.yml hold', () => {
  expect(valuesOf(model)).toMatchObject({
    'model.hidden_size': 1024,
    'model.num_layers': 28,
    'model.num_attention_heads': 16,
    'model.num_key_value_heads': 8,
    'model.head_dim': 128,
    'model.intermediate_size': 3072,
    'model.gated_mlp': true,
    'model.vocab_size': 151936,
    'model.qk_norm': true,
    'model.tie_word_embeddings': true,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'parallelism.sharding': 'zero3',
  });
});

test('a run is read over its base and its model, where the repository has them', () => {
  const run =
    'base_config: base.yml\nmodel_name: tiny\nsteps: 10\nper_device_batch_size: 0.5\nici_tensor_parallelism: 4\n';
  const base = 'base_emb_dim: 2048\nbase_num_decoder_layers: 16\nper_device_batch_size: 12.0\nremat_policy: minimal\n';
  const files = new Map([
    ['configs/base.yml', base],
    ['configs/models/tiny.yml', model],
  ]);
  expect(referencesOf('configs/run.yml', run)).toEqual(
    expect.arrayContaining(['configs/base.yml', 'configs/models/tiny.yml']),
  );
  expect(valuesOf(run, files)).toMatchObject({
    'model.hidden_size': 1024,
    'training.micro_batch_size': 1,
    'training.steps': 10,
    'training.activation_checkpointing': 'selective',
    'parallelism.tensor': 4,
  });
  expect(read(run, files).run?.facts['model.hidden_size']?.place).toEqual({
    path: 'configs/models/tiny.yml',
    line: 1,
    column: 1,
  });
  expect(read(run, files).run?.facts['model.hidden_size']?.replaces).toMatchObject({ value: 2048 });
});

test('a published model is told by its name, and another base than the repository has is no problem', () => {
  const run = 'base_config: base.yml\nmodel_name: llama3.1-8b\nsteps: 10\n';
  expect(valuesOf(run)['model.id']).toBe('meta-llama/Llama-3.1-8B');
});

test('a model with parts that have no field has no dimensions, rather than wrong ones', () => {
  expect(valuesOf(`${model}decoder_block: gemma3\n`)).not.toHaveProperty('model.hidden_size');
});

test('latent attention states its ranks and widths', () => {
  const latent =
    'decoder_block: deepseek\nattention_type: mla\nq_lora_rank: 0\nkv_lora_rank: 512\nqk_nope_head_dim: 128\nqk_rope_head_dim: 64\nv_head_dim: 128\n';
  expect(valuesOf(model + latent)).toMatchObject({
    'model.mla.kv_lora_rank': 512,
    'model.mla.q_lora_rank': 0,
    'model.mla.v_head_dim': 128,
  });
});

test.each([
  ['weight_dtype: bfloat16', 'bf16'],
  ['quantization: fp8', 'fp8-mixed'],
  ['dtype: float32', 'fp32'],
])('%s is %s', (line, precision) => {
  expect(valuesOf(`${model}${line}\n`)['training.precision']).toBe(precision);
});

test('steps that are text are a problem on their line', () => {
  expect(read(`${model}steps: many\n`).problems).toMatchObject([
    { code: 'invalid-value', key: 'steps', place: { line: 11 } },
  ]);
});

test("MaxText's own base, which has the keys of its server as well, is a training; a server's config is none", () => {
  const keys = 'base_emb_dim: 2048\nbase_num_decoder_layers: 16\ninference_server: "x"\n';
  expect(readRun('base.yml', `${keys}learning_rate: 3.e-5\n`, new Map()).format?.name).toBe('maxtext');
  expect(readRun('serve.yml', keys, new Map()).format).toBeNull();
});
