import { expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { readGuards } from '../../guards.ts';
import { readRun, referencesOf } from '../../reading/read-run.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';

test.each([
  ['distributed_type: MULTI_GPU\nnum_processes: 8', { 'hardware.count': 8, 'parallelism.sharding': 'ddp' }],
  ['distributed_type: "NO"\nnum_processes: 1', { 'parallelism.sharding': 'none' }],
  ['distributed_type: no', { 'parallelism.sharding': 'none' }],
  ['distributed_type: FSDP', { 'parallelism.sharding': 'zero3', 'parallelism.sharding_engine': 'fsdp' }],
  ['distributed_type: DEEPSPEED', { 'parallelism.sharding_engine': 'deepspeed' }],
  ['distributed_type: MEGATRON_LM', { 'parallelism.sharding_engine': 'megatron' }],
  ['distributed_type: FSDP\nfsdp_config: { fsdp_sharding_strategy: HYBRID_SHARD }', { 'parallelism.sharding': 'hsdp' }],
  ['distributed_type: FSDP\nfsdp_config: { fsdp_sharding_strategy: 2 }', { 'parallelism.sharding': 'zero2' }],
  [
    'distributed_type: FSDP\nfsdp_config: { fsdp_reshard_after_forward: SHARD_GRAD_OP }',
    { 'parallelism.sharding': 'zero2' },
  ],
  [
    'distributed_type: FSDP\nfsdp_config: { fsdp_reshard_after_forward: false, fsdp_offload_params: true }',
    { 'parallelism.reshard_after_forward': false, 'parallelism.cpu_offload': 'parameters' },
  ],
  [
    'distributed_type: DEEPSPEED\ndeepspeed_config: { zero_stage: 2, gradient_accumulation_steps: 4, offload_optimizer_device: cpu }',
    {
      'parallelism.sharding': 'zero2',
      'training.gradient_accumulation_steps': 4,
      'parallelism.cpu_offload': 'optimizer',
    },
  ],
  ["distributed_type: FSDP\nmixed_precision: 'no'", { 'training.precision': undefined }],
  ['distributed_type: FSDP\nmixed_precision: no', { 'training.precision': undefined }],
  ['distributed_type: FSDP\nmixed_precision: bf16', { 'training.precision': 'bf16-mixed' }],
  [
    'distributed_type: FSDP\nparallelism_config: { parallelism_config_tp_size: 2, parallelism_config_cp_size: 4 }',
    { 'parallelism.tensor': 2, 'parallelism.context': 4 },
  ],
  [
    'distributed_type: FSDP\nfsdp_config: { fsdp_version: 2 }\nparallelism_config: { parallelism_config_dp_replicate_size: 2, parallelism_config_dp_shard_size: 4 }',
    { 'parallelism.fsdp_version': 2, 'parallelism.sharding': 'hsdp', 'parallelism.shard_ranks': 4 },
  ],
  [
    'distributed_type: MEGATRON_LM\nmegatron_lm_config: { megatron_lm_tp_degree: 4, megatron_lm_pp_degree: 2 }',
    { 'parallelism.tensor': 4, 'parallelism.pipeline': 2 },
  ],
])('%j states %j', (text, expected) => {
  const { run, problems } = readRun('a.yaml', text, new Map());
  expect(problems).toEqual([]);
  const facts = run!.facts as Record<string, { value: unknown }>;
  for (const [field, value] of Object.entries(expected)) expect(facts[field]?.value).toBe(value);
});

test('the DeepSpeed config that it names is read with it', () => {
  const text = 'distributed_type: DEEPSPEED\ndeepspeed_config:\n  deepspeed_config_file: ds/z3.json\n';
  expect(referencesOf('a.yaml', text)).toEqual(['ds/z3.json']);
  const { run } = readRun('a.yaml', text, new Map([['ds/z3.json', '{ "zero_optimization": { "stage": 1 } }']]));
  expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero1', place: { path: 'ds/z3.json' } });
});

test('a wrong value is a problem on its line', () => {
  const { problems } = readRun(
    'a.yaml',
    'distributed_type: FSDP\nnum_processes: -8\nmixed_precision: bf17\n',
    new Map(),
  );
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['num_processes', 2],
    ['mixed_precision', 3],
  ]);
});

test('on its own it is no training run', () => {
  const files = new OpenedFiles([['a.yaml', { text: 'distributed_type: MULTI_GPU\nnum_processes: 8\n' }]]);
  expect(estimateConfig('a.yaml', files, readGuards(null))).toMatchObject({ isConfig: false, isLauncher: true });
});
