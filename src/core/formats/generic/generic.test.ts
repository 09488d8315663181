import { describe, expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string, path = 'conf/run.yaml') {
  return readRun(path, text, new Map());
}

function valuesOf(text: string, path?: string): Record<string, unknown> {
  const { run, problems } = read(text, path);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const nested = `net: { d_model: 2560, n_layer: 32, n_head: 32, vocab_size: 50304, ctx_len: 2048 }
train:
  batch_size: 8
  grad_accum: 4
  max_lr: 3e-4
  dtype: bfloat16
  total_steps: 200000
  optimizer: torch.optim.AdamW
cluster: { gpus_per_node: 8, num_nodes: 4 }
`;

test('a nested config is read by the names of its keys', () => {
  expect(read(nested).format?.name).toBe('generic');
  expect(valuesOf(nested)).toEqual({
    'model.hidden_size': 2560,
    'model.num_layers': 32,
    'model.num_attention_heads': 32,
    'model.vocab_size': 50304,
    'training.sequence_length': 2048,
    'training.micro_batch_size': 8,
    'training.gradient_accumulation_steps': 4,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.steps': 200000,
    'hardware.count': 32,
  });
});

test('every fact is a guess, with its key, its place and the reason', () => {
  const { run } = read(nested);
  expect(run!.facts['model.num_layers']).toEqual({
    value: 32,
    authority: 'default',
    place: { path: 'conf/run.yaml', line: 1, column: 23 },
    reason: 'told by the name of net.n_layer',
  });
  expect(run!.facts['training.micro_batch_size']?.reason).toBe(
    'told by the name of train.batch_size as the sequences of one GPU',
  );
  expect(run!.facts['hardware.count']?.reason).toBe(
    'told by the name of cluster.gpus_per_node times cluster.num_nodes',
  );
});

test.each([
  ['flat', 'run.yaml', 'dim: 512\ndepth: 8\nheads: 8\nblock_size: 256\nbatch_size: 4\nlr: 1e-3\n'],
  [
    'in camel case',
    'run.json',
    '{"model": {"embedDim": 512, "numLayers": 8, "numHeads": 8, "blockSize": 256}, "batchSize": 4}',
  ],
  [
    'with prefixes',
    'run.toml',
    'model_dim = 512\nmodel_n_layers = 8\nmodel-n-heads = 8\nseq_len = 256\ntrain_batch_size = 4\n',
  ],
  [
    'in Python',
    'run.py',
    'd_model = 64 * 8\nn_layer = 8\nnhead = 8\nblock_size = 256\nbatch_size = 4\nlearning_rate = 1e-3\n',
  ],
])('a config %s says the same', (_, path, text) => {
  expect(valuesOf(text, path)).toMatchObject({
    'model.hidden_size': 512,
    'model.num_layers': 8,
    'model.num_attention_heads': 8,
    'training.sequence_length': 256,
    'training.micro_batch_size': 4,
  });
});

describe('what a name leaves open', () => {
  const base = 'model: { dim: 512, layers: 8, heads: 8, seq_len: 1024 }\nlr: 1e-3\n';

  test.each([
    ['total_batch_size: 524288', 'training.global_batch_size', 512],
    ['batch_tokens: 65536', 'training.global_batch_size', 64],
    ['batch_size: 16384', 'training.global_batch_size', 16384],
    ['mlp_ratio: 4', 'model.intermediate_size', 2048],
    ['bf16: true', 'training.precision', 'bf16-mixed'],
    ['zero_stage: 2', 'parallelism.sharding', 'zero2'],
    ['remat: true', 'training.activation_checkpointing', 'full'],
    ['use_lora: true', 'training.method', 'lora'],
    ['peft: { r: 16 }', 'training.lora.rank', 16],
    ['gpu_type: nvidia-h100-80gb', 'hardware.gpu', 'nvidia-h100-80gb'],
  ])('%s states %s as %j', (line, field, value) => {
    expect(valuesOf(`${base}${line}\n`)[field]).toBe(value);
  });

  test.each([
    ['use_lora: false', 'training.method'],
    ['gpu: 0', 'hardware.gpu'],
    ['eval: { batch_size: 64 }', 'training.micro_batch_size'],
    ['optimizer: mystery', 'training.optimizer'],
    ['dtype: int3', 'training.precision'],
    ['total_batch_size: 524289', 'training.global_batch_size'],
  ])('%s does not state %s', (line, field) => {
    expect(valuesOf(`${base}${line}\n`)).not.toHaveProperty([field]);
  });
});

test('a model of the Hub with a learning rate, a batch and a duration is a training', () => {
  const text = 'model_name: Qwen/Qwen2.5-7B\nlearning_rate: 1e-5\nbatch_size: 2\nnum_epochs: 3\n';
  expect(valuesOf(text)).toMatchObject({ 'model.id': 'Qwen/Qwen2.5-7B', 'training.epochs': 3 });
});

test.each([
  ['a model alone', 'model.yaml', 'd_model: 512\nn_layer: 8\nn_head: 8\n'],
  ['an optimizer alone', 'optim.yaml', 'name: adamw\nlr: 1e-3\nbatch_size: 32\n'],
  ['an evaluation', 'eval.yaml', 'model_name: Qwen/Qwen2.5-7B\nbatch_size: 8\ntasks: [mmlu]\nmax_length: 4096\n'],
  ['a service', 'serve.yaml', 'model: Qwen/Qwen2.5-7B\nmax_batch_size: 8\ntensor_parallel_size: 2\n'],
  ['a workflow', 'ci.yml', 'on: push\njobs: { test: { steps: [] } }\n'],
  ['a dataset card', 'data.json', '{"num_samples": 1000, "tokens": 5000000, "name": "x"}'],
])('%s is none', (_, path, text) => {
  expect(read(text, path)).toEqual({ format: null, run: null, problems: [] });
});

test('a file of more values than a config has is none', () => {
  const data = Array.from({ length: 4000 }, (_, index) => `k${index}: 1`).join('\n');
  expect(read(`${nested}${data}\n`).format).toBeNull();
});
