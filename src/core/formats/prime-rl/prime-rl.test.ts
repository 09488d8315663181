import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('configs/rl.toml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `max_steps = 200
seq_len = 2048

[deployment]
num_train_gpus = 2
num_infer_gpus = 6

[model]
name = "Qwen/Qwen3-4B"

[trainer.model]
cp = 2

[trainer.model.ac]
freq = 1

[trainer.optim]
type = "muon"

[orchestrator]
batch_size = 128
`;

test('a run states what it says', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'prime-rl',
    'model.id': 'Qwen/Qwen3-4B',
    'training.sequence_length': 2048,
    'training.global_batch_size': 128,
    'training.micro_batch_size': 1,
    'training.steps': 200,
    'training.optimizer': 'muon',
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'parallelism.context': 2,
    'parallelism.sharding': 'zero3',
    'training.rollouts': true,
    'training.engine_memory_share': 0,
    'hardware.count': 2,
  });
});

test('several nodes train on all GPUs of theirs, the optimizer states in CPU memory', () => {
  const nodes = config
    .replace('num_train_gpus = 2\nnum_infer_gpus = 6', 'num_train_nodes = 2\nnum_infer_nodes = 4')
    .replace('cp = 2', 'cp = 2\noptim_cpu_offload = true');
  expect(valuesOf(nodes)).toMatchObject({ 'hardware.count': 16, 'parallelism.cpu_offload': 'optimizer' });
});

test('fine-tuning has its model and data at the top', () => {
  const sft =
    'max_steps = 10\n[model]\nname = "a/b"\n[model.lora]\nrank = 8\n[model.ac]\nmode = "selective"\n[data]\nbatch_size = 32\nmicro_batch_size = 2\nseq_len = 512\n[optim]\nlr = 1e-5\n';
  expect(valuesOf(sft)).toMatchObject({
    'training.sequence_length': 512,
    'training.global_batch_size': 32,
    'training.micro_batch_size': 2,
    'training.method': 'lora',
    'training.lora.rank': 8,
    'training.activation_checkpointing': 'selective',
  });
});

test.each([
  ['an inference server', '[model]\nname = "a/b"\n[server]\nport = 8000\n'],
  ['a Python project', '[project]\nname = "x"\n[build-system]\nrequires = []\n'],
])('%s is no training', (_what, text) => {
  expect(read(text)).toEqual({ format: null, run: null, problems: [] });
});

test('a wrong type is a problem on its line', () => {
  expect(read(config.replace('batch_size = 128', 'batch_size = "128"')).problems).toMatchObject([
    { code: 'wrong-type', key: 'orchestrator.batch_size', place: { line: 21 } },
  ]);
});
