import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('apps/main/configs/llama.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `name: llama
steps: 60_000
optim: { lr: 3e-3 }
distributed:
  fsdp_type: full_shard
  model_dtype: bf16
  selective_activation_checkpointing: true
  tp_size: 1
model:
  dim: 4096
  n_layers: 32
  n_heads: 32
  n_kv_heads: 8
  ffn_dim_multiplier: 1.3
  multiple_of: 1024
data:
  batch_size: 2
  seq_len: 8192
`;

test('a config states what it says; the MLP follows from its multiplier', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'lingua',
    'model.hidden_size': 4096,
    'model.num_layers': 32,
    'model.num_attention_heads': 32,
    'model.num_key_value_heads': 8,
    'model.intermediate_size': 14336,
    'model.gated_mlp': true,
    'model.norm': 'rmsnorm',
    'model.tie_word_embeddings': false,
    'training.sequence_length': 8192,
    'training.micro_batch_size': 2,
    'training.steps': 60000,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'selective',
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 1,
  });
});

test('a recurrent model has no dimensions here', () => {
  expect(valuesOf(`model_type: minLSTM\n${config}`)).not.toHaveProperty('model.hidden_size');
});

test('a wrong type is a problem on its line', () => {
  expect(read(config.replace('dim: 4096', 'dim: wide')).problems).toMatchObject([
    { code: 'wrong-type', place: { line: 10 } },
  ]);
});
