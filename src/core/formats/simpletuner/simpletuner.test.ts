import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const config = {
  model_family: 'flux',
  model_type: 'lora',
  data_backend_config: 'config/backend.json',
  train_batch_size: 2,
  max_train_steps: 1000,
  num_train_epochs: 0,
};

function read(changes: Record<string, unknown> = {}) {
  return readRun('config/flux/config.json', JSON.stringify({ ...config, ...changes }, null, 1), new Map());
}

function valuesOf(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { run, problems } = read(changes);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a config states its family, method, batch and steps; 0 epochs are none', () => {
  expect(valuesOf()).toEqual({
    'training.trainer': 'simpletuner',
    'model.id': 'flux',
    'training.micro_batch_size': 2,
    'training.gradient_accumulation_steps': 1,
    'training.method': 'lora',
    'training.steps': 1000,
  });
  expect(read().run?.name).toBe('flux');
});

test.each([
  [{ pretrained_model_name_or_path: 'a/b' }, 'model.id', 'a/b'],
  [{ gradient_accumulation_steps: 4 }, 'training.gradient_accumulation_steps', 4],
  [{ mixed_precision: 'bf16' }, 'training.precision', 'bf16'],
  [{ mixed_precision: 'no' }, 'training.precision', 'fp32'],
  [{ optimizer: 'adamw_bf16' }, 'training.optimizer', 'adamw'],
  [{ optimizer: 'best' }, 'training.optimizer', 'unknown'],
  [{ optimizer: 'optimi-lion' }, 'training.optimizer', 'lion'],
  [{ optimizer: 'bnb-adamw8bit-paged' }, 'training.optimizer', 'paged-adamw-8bit'],
  [{ gradient_checkpointing: true }, 'training.activation_checkpointing', 'full'],
  [{ gradient_checkpointing: false }, 'training.activation_checkpointing', 'none'],
  [{ gradient_checkpointing_interval: 2 }, 'training.checkpoint_layers', 2],
  [{ lora_rank: 64 }, 'training.lora.rank', 64],
  [{ base_model_precision: 'int8-quanto' }, 'training.method', 'qlora'],
  [{ base_model_precision: 'int8-quanto' }, 'training.quantization.bits', 8],
  [{ base_model_precision: 'nf4-bnb' }, 'training.quantization.bits', 4],
  [{ base_model_precision: 'no_change' }, 'training.quantization.bits', undefined],
  [{ model_type: 'full', lora_rank: 64 }, 'training.lora.rank', undefined],
  [{ use_ema: true }, 'training.ema', true],
  [{ num_train_epochs: 3 }, 'training.epochs', 3],
  [{ checkpointing_steps: 500 }, 'training.checkpoint_every', 500],
  [{ num_processes: 8 }, 'hardware.count', 8],
])('%j states %s as %j', (changes, field, value) => {
  expect(valuesOf(changes)[field]).toBe(value);
});

test('keys may be written as on the command line, and keep their places', () => {
  const text = `{ "--model_family": "sdxl",\n"--max_train_steps": 10,\n"--train_batch_size": 4 }`;
  const { format, run } = readRun('config.json', text, new Map());
  expect(format?.name).toBe('simpletuner');
  expect(run?.facts['training.micro_batch_size']).toMatchObject({ value: 4, place: { line: 3, column: 1 } });
});

test.each([
  [{ train_batch_size: 'many' }, 'train_batch_size'],
  [{ lora_rank: 1e9 }, 'lora_rank'],
])('%j is a problem at its key', (changes, key) => {
  expect(read(changes)).toMatchObject({ run: null, problems: [{ key }] });
});

test('a data backend config has no training in it', () => {
  expect(readRun('backend.json', '[{ "id": "images", "type": "local" }]', new Map()).format).toBeNull();
});
