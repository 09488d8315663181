import { expect, test } from 'vitest';
import { readRun } from '../index.ts';

function read(text: string) {
  return readRun('train_configs/llama3_8b.toml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `[model]
name = "llama3"
flavor = "8B"

[optimizer]
name = "AdamW"

[training]
local_batch_size = 1
global_batch_size = -1
seq_len = 8192
steps = 1_000

[parallelism]
data_parallel_replicate_degree = 1
data_parallel_shard_degree = -1
tensor_parallel_degree = 2

[activation_checkpoint]
mode = "selective"

[checkpoint]
enable = true
interval = 500
`;

test('a config states what it says; -1 is open', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'torchtitan',
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.micro_batch_size': 1,
    'training.sequence_length': 8192,
    'training.steps': 1000,
    'training.checkpoint_every': 500,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'selective',
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 2,
    'parallelism.sequence_parallel': true,
  });
});

test("a flavor of torchtitan's own keeps its name, and nobody knows it", () => {
  expect(valuesOf(config.replace('"8B"', '"debugmodel"'))['model.id']).toBe('llama3:debugmodel');
});

test.each([
  ['flavor = "8B"', 'flavor = "8B"\nconverters = ["float8"]', 'training.precision', 'fp8-mixed'],
  ['replicate_degree = 1', 'replicate_degree = 2', 'parallelism.sharding', 'hsdp'],
  ['shard_degree = -1', 'shard_degree = 1', 'parallelism.sharding', 'ddp'],
  ['mode = "selective"', 'mode = "none"', 'training.activation_checkpointing', 'none'],
])('%s as %s', (from, to, field, value) => {
  expect(valuesOf(config.replace(from, to))[field]).toBe(value);
});

test('a wrong type and an unknown mode are problems on their lines', () => {
  const wrong = config.replace('seq_len = 8192', 'seq_len = "8k"').replace('"selective"', '"some"');
  expect(read(wrong).problems).toMatchObject([
    { code: 'wrong-type', key: 'training.seq_len', place: { line: 11 } },
    { code: 'unknown-value', key: 'activation_checkpoint.mode', place: { line: 20 } },
  ]);
});
