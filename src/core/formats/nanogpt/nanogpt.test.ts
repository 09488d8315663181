import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const config = `# launch as: torchrun --standalone --nproc_per_node=8 train.py config/train_gpt2.py
wandb_log = True
wandb_project = 'owt'
batch_size = 12
block_size = 1024
gradient_accumulation_steps = 5 * 8
max_iters = 600_000
eval_interval = 1000
eval_iters = 200
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('config/run.py', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a config states its globals, and those of train.py that it leaves alone', () => {
  expect(valuesOf(config)).toMatchObject({
    'training.trainer': 'nanogpt',
    'training.micro_batch_size': 12,
    'training.global_batch_size': 480,
    'training.sequence_length': 1024,
    'training.steps': 600000,
    'training.checkpoint_every': 1000,
    'training.precision': 'bf16-mixed',
    'model.num_layers': 12,
    'model.hidden_size': 768,
  });
  const { run } = readRun('config/run.py', config, new Map());
  expect(run?.facts['training.global_batch_size']).toMatchObject({ authority: 'config', place: { line: 6 } });
  expect(run?.facts['model.hidden_size']).toMatchObject({ authority: 'default', place: null });
});

test('a pretrained GPT-2 goes by its name', () => {
  const values = valuesOf(`${config}init_from = 'gpt2-xl'\n`);
  expect(values).toMatchObject({ 'model.id': 'gpt2-xl' });
  expect(values).not.toHaveProperty(['model.hidden_size']);
});

test.each([
  ['from setuptools import setup\nsetup(name="x")\n'],
  ['batch_size = 12\nlearning_rate = 1e-3\nmax_iters = 5\nlog_interval = 1\n'],
  ['def train(block_size=4):\n    batch_size = 1\n    n_layer = 2\n    eval_iters = 3\n'],
])('%j is no config of nanoGPT', (text) => {
  expect(readRun('a.py', text, new Map())).toEqual({ format: null, run: null, problems: [] });
});

test('a wrong value is a problem on its line', () => {
  const { run, problems } = readRun('a.py', config.replace('= 12', '= "many"'), new Map());
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: 'batch_size', place: { line: 4 } }]);
});
