import { expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { readGuards } from '../../guards.ts';
import { readRun } from '../../reading/read-run.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';

test.each([
  [{ train_batch_size: 64 }, 'training.global_batch_size', 64],
  [{ train_batch_size: 'auto' }, 'training.global_batch_size', undefined],
  [{ train_micro_batch_size_per_gpu: 4 }, 'training.micro_batch_size', 4],
  [{ gradient_accumulation_steps: 2 }, 'training.gradient_accumulation_steps', 2],
  [{ fp16: { enabled: true } }, 'training.precision', 'fp16-mixed'],
  [{ fp16: { enabled: 'auto' }, bf16: { enabled: true } }, 'training.precision', 'bf16-mixed'],
  [{ fp16: { enabled: false } }, 'training.precision', undefined],
  [{ optimizer: { type: 'Lamb' } }, 'training.optimizer', 'adamw'],
  [{ optimizer: { type: 'OneBitAdam' } }, 'training.optimizer', 'onebit-adam'],
  [{ optimizer: { type: 'ZeroOneAdam' } }, 'training.optimizer', 'zero-one-adam'],
  [{ optimizer: { type: 'Mine' } }, 'training.optimizer', 'unknown'],
  [{ zero_optimization: { stage: 0 } }, 'parallelism.sharding', 'ddp'],
  [{ zero_optimization: { stage: 2 } }, 'parallelism.sharding', 'zero2'],
  [{ zero_optimization: true }, 'parallelism.sharding', 'zero1'],
  [{ zero_optimization: { offload_optimizer: { device: 'cpu' } } }, 'parallelism.cpu_offload', 'optimizer'],
  [{ zero_optimization: { offload_param: { device: 'nvme' } } }, 'parallelism.cpu_offload', 'parameters'],
  [{ zero_optimization: { offload_param: { device: 'none' } } }, 'parallelism.cpu_offload', undefined],
  [{ tensor_parallel: { autotp_size: 4 } }, 'parallelism.tensor', 4],
  [{ zero_optimization: { reduce_bucket_size: 2e8 } }, 'parallelism.reduce_bucket_size', 2e8],
  [{ zero_optimization: { reduce_bucket_size: 'auto' } }, 'parallelism.reduce_bucket_size', undefined],
  [{ zero_optimization: { stage3_max_live_parameters: 1e8 } }, 'parallelism.max_live_parameters', 1e8],
  [{ zero_optimization: { overlap_comm: true } }, 'parallelism.overlap_comm', true],
  [{ data_types: { grad_accum_dtype: 'fp32' } }, 'training.gradient_precision', 'fp32'],
])('%j states %s as %j', (config, field, value) => {
  const { run, problems } = readRun('ds.json', JSON.stringify({ zero_optimization: {}, ...config }), new Map());
  expect(problems).toEqual([]);
  expect((run!.facts as Record<string, { value: unknown }>)[field]?.value).toBe(value);
});

test('a wrong value is a problem on its line', () => {
  const { run, problems } = readRun('ds.json', '{ "zero_optimization":\n{ "stage": 4 } }', new Map());
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: 'zero_optimization.stage', place: { line: 2 }, message: 'Found 4.' }]);
});

test('an optimizer that nobody has described is unknown where a recipe names the file', () => {
  const file = '{ "zero_optimization": {}, "optimizer": { "type": "Mine" } }';
  const { run, problems } = readRun(
    'sft.yaml',
    'model_name_or_path: a/b\nlearning_rate: 1\ndeepspeed: ds.json\n',
    new Map([['ds.json', file]]),
  );
  expect(problems).toEqual([]);
  expect(run?.facts['training.optimizer']).toMatchObject({ value: 'unknown', place: { path: 'ds.json' } });
});

test('on its own it is no training run, whether it can be read or not', () => {
  for (const text of ['{ "zero_optimization": { "stage": 3 } }', '{ "zero_optimization": STAGE }']) {
    const reading = estimateConfig('ds.json', new OpenedFiles([['ds.json', { text }]]), readGuards(null));
    expect(reading).toMatchObject({ isConfig: false, isLauncher: true });
  }
});
