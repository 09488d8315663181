import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('config_smollm.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (extra = '') => `general: { run: smol }
model:
  dtype: bfloat16
  make_vocab_size_divisible_by: 1
  model_config:
    is_llama_config: true
    hidden_size: 960
    num_hidden_layers: 32
    num_attention_heads: 15
    num_key_value_heads: 5
    intermediate_size: 2560
    vocab_size: 49152
    tie_word_embeddings: true
optimizer:
  accumulate_grad_in_fp32: true
  zero_stage: 0
  optimizer_factory: { name: adamW }
parallelism:
  dp: 16
  tp: 2
  pp: 1
  recompute_layer: false
tokens:
  sequence_length: 2048
  micro_batch_size: 8
  batch_accumulation_per_replica: 4
  train_steps: 600000
${extra}`;

test('a config states what it says', () => {
  expect(read(config()).run?.name).toBe('smol');
  expect(valuesOf(config())).toEqual({
    'training.trainer': 'nanotron',
    'model.hidden_size': 960,
    'model.num_layers': 32,
    'model.num_attention_heads': 15,
    'model.num_key_value_heads': 5,
    'model.intermediate_size': 2560,
    'model.vocab_size': 49152,
    'model.tie_word_embeddings': true,
    'model.gated_mlp': true,
    'model.norm': 'rmsnorm',
    'model.position_embedding': 'rope',
    'training.sequence_length': 2048,
    'training.micro_batch_size': 8,
    'training.gradient_accumulation_steps': 4,
    'training.steps': 600000,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'none',
    'parallelism.tensor': 2,
    'parallelism.pipeline': 1,
    'parallelism.sharding': 'ddp',
    'hardware.count': 32,
    'training.global_batch_size': 512,
  });
});

test('without gradients in fp32 there is no fp32 copy', () => {
  expect(valuesOf(config().replace('fp32: true', 'fp32: false'))['training.precision']).toBe('bf16');
});

test('the vocabulary is padded for the tensor ranks', () => {
  const padded = config()
    .replace('divisible_by: 1', 'divisible_by: 128')
    .replace('vocab_size: 49152', 'vocab_size: 49153');
  expect(valuesOf(padded)['model.vocab_size']).toBe(49408);
});

test('a wrong type is a problem on its line', () => {
  expect(read(config().replace('dp: 16', 'dp: all')).problems).toMatchObject([
    { code: 'wrong-type', key: 'parallelism.dp', place: { line: 19 } },
  ]);
});
