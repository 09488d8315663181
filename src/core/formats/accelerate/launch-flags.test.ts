import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const program =
  'train.py --model_name_or_path meta-llama/Llama-2-7b-hf --per_device_train_batch_size 1 --learning_rate 1e-5';

function factsOf(launcher: string, files: Readonly<Record<string, string>> = {}) {
  const { run, problems } = readRun('run.sh', `${launcher} ${program}\n`, new Map(Object.entries(files)));
  expect(problems).toEqual([]);
  return run!.facts;
}

test.each([
  ['--use_deepspeed --zero_stage 3', { sharding: 'zero3', engine: 'deepspeed' }],
  ['--zero_stage 3 --use_deepspeed', { sharding: 'zero3', engine: 'deepspeed' }],
  ['--use_deepspeed', { sharding: 'zero2', engine: 'deepspeed' }],
  ['--use_deepspeed --zero_stage=2 --offload_optimizer_device=cpu', { sharding: 'zero2', offload: 'optimizer' }],
  [
    '--use_deepspeed --zero_stage 3 --offload_optimizer_device cpu --offload_param_device cpu',
    { offload: 'parameters' },
  ],
  ['--use_deepspeed --zero_stage 3 --offload_optimizer_device none', { offload: undefined }],
  ['--use_fsdp', { sharding: 'zero3', engine: 'fsdp' }],
  ['--use_fsdp --fsdp_sharding_strategy 2', { sharding: 'zero2' }],
  ['--use_fsdp --fsdp_sharding_strategy NO_SHARD', { sharding: 'ddp' }],
  ['--use_fsdp --fsdp-offload-params true', { offload: 'parameters' }],
  ['--use_fsdp --fsdp_reshard_after_forward false', { reshard: false }],
  ['--use_fsdp --fsdp_activation_checkpointing true', { checkpointing: 'full' }],
  ['--multi_gpu --num_machines 2 --num_processes 16', { sharding: 'ddp', count: 16 }],
  ['--mixed_precision fp16', { precision: 'fp16-mixed' }],
  ['--dynamo_backend inductor', { compile: true }],
  ['--use_megatron_lm --megatron_lm_tp_degree 4', { tensor: 4, engine: 'megatron' }],
])('accelerate launch %s', (flags, expected) => {
  const facts = factsOf(`accelerate launch ${flags}`);
  const told = {
    sharding: facts['parallelism.sharding']?.value,
    engine: facts['parallelism.sharding_engine']?.value,
    offload: facts['parallelism.cpu_offload']?.value,
    reshard: facts['parallelism.reshard_after_forward']?.value,
    tensor: facts['parallelism.tensor']?.value,
    checkpointing: facts['training.activation_checkpointing']?.value,
    precision: facts['training.precision']?.value,
    compile: facts['training.compile']?.value,
    count: facts['hardware.count']?.value,
  };
  expect(told).toMatchObject(expected);
});

test('the DeepSpeed config that the flags name is read, and every fact keeps its place', () => {
  const launcher = 'accelerate launch --use_deepspeed \\\n --deepspeed_config_file ds/stage3.json';
  expect(referencesOf('run.sh', `${launcher} ${program}\n`)).toContain('ds/stage3.json');
  const facts = factsOf(launcher, { 'ds/stage3.json': '{ "zero_optimization": { "stage": 3 } }' });
  expect(facts['parallelism.sharding']).toMatchObject({ value: 'zero3', place: { path: 'ds/stage3.json' } });
  expect(factsOf(launcher)['parallelism.sharding_engine']).toMatchObject({ place: { path: 'run.sh' } });
});

test('flags replace what the file says, and leave the rest of it', () => {
  const file =
    'distributed_type: DEEPSPEED\ndeepspeed_config:\n  zero_stage: 2\n  offload_param_device: none\nnum_processes: 8\n';
  const facts = factsOf('accelerate launch --config_file acc.yaml --zero_stage 3', { 'acc.yaml': file });
  expect(facts['parallelism.sharding']).toMatchObject({
    value: 'zero3',
    place: { path: 'run.sh' },
    replaces: { value: 'zero2', place: { path: 'acc.yaml', line: 3 } },
  });
  expect(facts['hardware.count']).toMatchObject({ value: 8, place: { path: 'acc.yaml' } });
});

test('a program has its own flags: what stands behind it is none of the launcher', () => {
  const text = `accelerate launch --num_processes 2 ${program} --fsdp_sharding_strategy FULL_SHARD --zero_stage_note 3\n`;
  expect(readRun('run.sh', text, new Map()).run?.facts).not.toHaveProperty(['parallelism.sharding']);
});

test('a stage that is none is told at its place', () => {
  const { run, problems } = readRun(
    'run.sh',
    `accelerate launch --use_deepspeed --zero_stage 7 ${program}\n`,
    new Map(),
  );
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: 'deepspeed_config.zero_stage', place: { path: 'run.sh', line: 1 } }]);
});

test.each([
  ['zero3', { 'parallelism.sharding': 'zero3', 'parallelism.sharding_engine': 'deepspeed' }],
  ['zero1', { 'parallelism.sharding': 'zero1' }],
  ['fsdp2', { 'parallelism.sharding': 'zero3', 'parallelism.sharding_engine': 'fsdp' }],
  ['multi_gpu', { 'parallelism.sharding': 'ddp' }],
  ['acc/own.yaml', { 'parallelism.sharding': 'zero2' }],
])('trl starts itself with the accelerate file of the name %s', (name, expected) => {
  const own = 'distributed_type: DEEPSPEED\ndeepspeed_config: { zero_stage: 2 }\nmixed_precision: bf16\n';
  const recipe = 'model_name_or_path: a/b\nper_device_train_batch_size: 2\nlearning_rate: 1e-5\n';
  const files = new Map([
    ['acc/own.yaml', own],
    ['sft.yaml', recipe],
  ]);
  for (const told of ['--config sft.yaml', '--model_name_or_path a/b']) {
    const script = `trl sft ${told} --accelerate_config ${name} --num_processes 4\n`;
    const { run, problems } = readRun('run.sh', script, files);
    expect(problems).toEqual([]);
    const values = Object.fromEntries(Object.entries(run!.facts).map(([field, fact]) => [field, fact.value]));
    expect(values).toMatchObject({ ...expected, 'training.precision': 'bf16-mixed', 'hardware.count': 4 });
  }
});
