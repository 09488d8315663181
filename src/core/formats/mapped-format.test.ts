import { expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';
import { readPolicy } from '../policy/read-policy.ts';

const policy = `scalegate_policy: 1
formats:
  - name: ours
    files: ['conf/**']
    fields:
      name: run
      model.hidden_size: net.d_model
      model.num_layers: net.n_layer
      training.micro_batch_size: { key: train.batch, unit: per_gpu }
      training.precision: { key: train.dtype, values: { bfloat16: bf16-mixed } }
      training.activation_checkpointing: { key: train.remat, values: { true: full, false: none } }
      training.tokens: { key: train.samples, times: net.context }
      training.global_batch_size: { key: train.batch_tokens, divided_by: net.context }
      training.optimizer: train.optim
    state: { training.trainer: torchtitan, training.optimizer: lion }
`;

const config = `run: first
net: { d_model: 512, n_layer: 8, context: 1024 }
train:
  batch: 4
  batch_tokens: 65_536
  dtype: bfloat16
  remat: true
  samples: 2M
`;

function read(text: string, path = 'conf/a.yaml') {
  const { formats } = readPolicy({ path: '.github/scalegate.yml', text: policy }).policy;
  return readRun(path, text, new Map(), new Map(), formats);
}

function valuesOf(text: string, path?: string): Record<string, unknown> {
  const { run, problems } = read(text, path);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('mapped keys state facts, and the policy what holds for all', () => {
  expect(valuesOf(config)).toEqual({
    name: 'first',
    'model.hidden_size': 512,
    'model.num_layers': 8,
    'training.micro_batch_size': 4,
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'training.tokens': 2_048_000_000,
    'training.global_batch_size': 64,
    'training.trainer': 'torchtitan',
    'training.optimizer': 'lion',
  });
});

test('each fact has the place of its key, and what the config states is stronger than the format', () => {
  const { run } = read(config.replace('remat: true', 'optim: adamw_torch'));
  expect(run).toMatchObject({ dialect: 'ours', name: 'first' });
  expect(run!.facts['model.num_layers']).toMatchObject({ authority: 'config', place: { line: 2, column: 22 } });
  expect(run!.facts['training.optimizer']).toMatchObject({ value: 'adamw', replaces: { value: 'lion' } });
});

test.each([
  ['dtype: bfloat16', 'dtype: bfloat8', 'train.dtype', 6, '"values", at .github/scalegate.yml:10'],
  ['batch: 4', 'batch: four', 'train.batch', 4, ':9'],
  ['context: 1024', 'context: long', 'net.context', 2, 'a number more than 0'],
])('%s written as %s is a problem on its line', (right, wrong, key, line, hint) => {
  const { run, problems } = read(config.replace(right, wrong));
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key, place: { line }, hint: expect.stringContaining(hint) as string }]);
});

test('a fact whose factors are not stated is not stated', () => {
  expect(valuesOf(config.replace(', context: 1024', ''))).not.toHaveProperty('training.tokens');
});

test('JSON, TOML and Python are mapped alike', () => {
  const json = JSON.stringify({ net: { d_model: 64 }, train: { batch: 2 } });
  const toml = '[net]\nd_model = 64\n[train]\nbatch = 2\n';
  const python = 'net = dict(d_model=32 * 2)\ntrain = {"batch": 2}\n';
  for (const [path, text] of Object.entries({ 'conf/a.json': json, 'conf/b.toml': toml, 'conf/c.py': python })) {
    expect(valuesOf(text, path)).toMatchObject({ 'model.hidden_size': 64, 'training.micro_batch_size': 2 });
  }
});

test('a file elsewhere, and one without any of the keys, are not of the format', () => {
  expect(read('net: { d_model: 1 }\n', 'other/a.yaml').format).toBeNull();
  expect(read('tasks: [mmlu]\n').format).toBeNull();
});

test('a file of the format that does not parse is one all the same', () => {
  expect(read('net: [1\n')).toMatchObject({ format: { name: 'ours' }, run: null, problems: [{}] });
});

test('the mapping wins over a dialect that would know the file', () => {
  const text = `${config}scalegate: 1\n`;
  expect(readRun('other/a.yaml', text, new Map()).format?.name).toBe('scalegate');
  expect(read(text).format?.name).toBe('ours');
});
