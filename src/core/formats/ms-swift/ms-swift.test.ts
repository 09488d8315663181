import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `NNODES=2
export CUDA_VISIBLE_DEVICES=0,1,2,3
NPROC_PER_NODE=4 \\
swift sft \\
    --model Qwen/Qwen2.5-7B \\
    --train_type lora \\
    --lora_rank 16 \\
    --target_modules all-linear \\
    --torch_dtype bfloat16 \\
    --max_length 2048 \\
    --per_device_train_batch_size 2 \\
    --gradient_accumulation_steps 8 \\
    --num_train_epochs 3 \\
    --deepspeed zero3_offload
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its flags, and what ms-swift takes by default', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'ms-swift',
    'model.id': 'Qwen/Qwen2.5-7B',
    'training.sequence_length': 2048,
    'training.micro_batch_size': 2,
    'training.gradient_accumulation_steps': 8,
    'training.optimizer': 'adamw',
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'training.method': 'lora',
    'training.lora.rank': 16,
    'training.lora.target_modules': ['all-linear'],
    'training.epochs': 3,
    'training.freeze_vision_tower': true,
    'training.freeze_projector': true,
    'parallelism.sharding': 'zero3',
    'parallelism.sharding_engine': 'deepspeed',
    'parallelism.cpu_offload': 'parameters',
    'hardware.count': 8,
  });
});

test.each([
  ['swift sft --model a/b', { 'training.method': 'lora', 'training.lora.rank': 8, 'training.micro_batch_size': 1 }],
  ['swift sft --model a/b --tuner_type full', { 'training.method': 'full' }],
  ['swift sft --model a/b --quant_bits 4', { 'training.method': 'qlora', 'training.quantization.bits': 4 }],
  ['swift pt --model a/b --tuner_type full --torch_dtype bfloat16', { 'training.precision': 'bf16' }],
  ['swift sft --model a/b --gradient_checkpointing false', { 'training.activation_checkpointing': 'none' }],
  ['CUDA_VISIBLE_DEVICES=0,3 swift sft --model a/b', { 'hardware.count': 2 }],
  ['CUDA_VISIBLE_DEVICES=0 python swift/cli/sft.py --model a/b', { 'hardware.count': 1 }],
  [
    'NPROC_PER_NODE=8 megatron sft --model a/b --tensor_model_parallel_size 4 --micro_batch_size 1 --global_batch_size 16',
    {
      'training.trainer': 'megatron-lm',
      'parallelism.tensor': 4,
      'training.global_batch_size': 16,
      'training.activation_checkpointing': 'selective',
      'parallelism.sharding': 'zero1',
    },
  ],
  [
    'megatron sft --load Qwen3-30B-A3B-Base-mcore --tensor_model_parallel_size 2',
    { 'model.id': 'Qwen3-30B-A3B-Base-mcore' },
  ],
  ['megatron sft --model a/b --load converted-mcore', { 'model.id': 'a/b' }],
])('%s states %j', (text, expected) => {
  expect(valuesOf(text)).toMatchObject(expected);
});

test.each(['swift infer --model a/b', 'swift export --model a/b', 'pip install swift'])('%s trains nothing', (text) => {
  expect(readRun('run.sh', text, new Map()).format).toBeNull();
});

test('a hostile value is a problem on its line', () => {
  const { run, problems } = readRun('run.sh', script.replace('--lora_rank 16', '--lora_rank 1e99'), new Map());
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: 'lora_rank', place: { line: 7 } }]);
});

test('parts of a model that are frozen are stated', () => {
  const frozen = script.replace(
    '--lora_rank',
    '--freeze_vit false --freeze_aligner false --freeze_llm true --lora_rank',
  );
  expect(valuesOf(frozen)).toMatchObject({
    'training.freeze_vision_tower': false,
    'training.freeze_projector': false,
    'training.freeze_language_model': true,
  });
});

test.each([
  ['--tuner_type lora', 'lora'],
  ['--tuner_type adalora', 'lora'],
  ['--tuner_type longlora --quant_bits 4', 'qlora'],
  ['--tuner_type full', 'full'],
  ['--tuner_type boft', 'unknown'],
  ['--train_type llamapro', 'unknown'],
])('%s is %s', (flags, method) => {
  const { run } = readRun('run.sh', `swift sft --model Qwen/Qwen2.5-7B-Instruct ${flags}\n`, new Map());
  expect(run?.facts['training.method']).toMatchObject({ value: method, place: { line: 1 } });
});

const recipe = `model: Qwen/Qwen2.5-7B-Instruct
train_type: lora
per_device_train_batch_size: 1
max_length: 2048
torch_dtype: bfloat16
deepspeed: zero2
`;

test('the file of --config has the flags without their dashes, and is a config of its own', () => {
  const { run, format } = readRun('sft.yaml', recipe);
  expect(format?.name).toBe('ms-swift');
  expect(run?.facts).toMatchObject({
    'model.id': { value: 'Qwen/Qwen2.5-7B-Instruct', place: { path: 'sft.yaml', line: 1 } },
    'training.method': { value: 'lora', place: { line: 2 } },
    'training.precision': { value: 'bf16-mixed' },
    'parallelism.sharding': { value: 'zero2' },
  });
});

test('swift sft --config is one run with its file, and its flags replace the keys', () => {
  const script = 'NPROC_PER_NODE=4 swift sft --config sft.yaml --lora_rank 16 --max_length 4096';
  const { run, problems } = readRun('run.sh', script, new Map([['sft.yaml', recipe]]));
  expect(problems).toEqual([]);
  expect(run?.facts).toMatchObject({
    'model.id': { place: { path: 'sft.yaml' } },
    'training.lora.rank': { value: 16, place: { path: 'run.sh' } },
    'training.sequence_length': { value: 4096, replaces: { value: 2048 } },
    'hardware.count': { value: 4 },
  });
});

test.each([
  ['dpo --tuner_type full', { 'training.paired_samples': true, 'training.reference_model': true }],
  ['dpo --tuner_type lora', { 'training.paired_samples': true, 'training.reference_model': undefined }],
  [
    'grpo --use_vllm true --vllm_mode colocate --vllm_gpu_memory_utilization 0.4',
    { 'training.engine_memory_share': 0.4 },
  ],
  ['grpo --use_vllm true --vllm_mode colocate --sleep_level 1', { 'training.engine_memory_share': 0 }],
  ['grpo --use_vllm true --vllm_mode server', { 'training.rollouts': true, 'training.engine_memory_share': undefined }],
  ['kto --tuner_type full --packing true', { 'training.reference_model': true, 'training.packing': true }],
])('swift rlhf --rlhf_type %s', (flags, expected) => {
  const values = valuesOf(`swift rlhf --model Qwen/Qwen2.5-7B --rlhf_type ${flags}`);
  expect(values).toMatchObject(Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)));
  for (const [field, value] of Object.entries(expected))
    if (value === undefined) expect(values).not.toHaveProperty([field]);
});
