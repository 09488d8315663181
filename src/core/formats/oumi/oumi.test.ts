import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

test.each([
  ['model', 'model_max_length: 8192', 'training.sequence_length', 8192],
  ['model', 'torch_dtype_str: bfloat16', 'training.precision', 'bf16'],
  ['model', 'torch_dtype_str: float32', 'training.precision', 'fp32'],
  ['training', 'mixed_precision_dtype: bf16', 'training.precision', 'bf16-mixed'],
  ['model', 'attn_implementation: eager', 'training.flash_attention', false],
  ['model', 'enable_liger_kernel: true', 'training.fused_loss', true],
  ['training', 'per_device_train_batch_size: 4', 'training.micro_batch_size', 4],
  ['training', 'run_name: mine', 'training.micro_batch_size', 8],
  ['training', 'gradient_accumulation_steps: 4', 'training.gradient_accumulation_steps', 4],
  ['training', 'max_steps: 1_000', 'training.steps', 1000],
  ['training', 'max_steps: -1\n  num_train_epochs: 2', 'training.epochs', 2],
  ['training', 'optimizer: paged_adamw_8bit', 'training.optimizer', 'paged-adamw-8bit'],
  ['training', 'enable_gradient_checkpointing: yes', 'training.activation_checkpointing', 'full'],
  ['training', 'save_steps: 0', 'training.checkpoint_every', '100%'],
  ['training', 'save_epoch: true\n  num_train_epochs: 4', 'training.checkpoint_every', '25%'],
  ['training', 'use_peft: false', 'training.method', 'full'],
  ['fsdp', 'enable_fsdp: true', 'parallelism.sharding', 'zero3'],
  ['fsdp', 'enable_fsdp: true\n  sharding_strategy: HYBRID_SHARD', 'parallelism.sharding', 'hsdp'],
  ['fsdp', 'enable_fsdp: false\n  sharding_strategy: HYBRID_SHARD', 'parallelism.sharding', undefined],
  ['fsdp', 'enable_fsdp: true\n  cpu_offload: true', 'parallelism.cpu_offload', 'parameters'],
  ['deepspeed', 'enable_deepspeed: true\n  zero_stage: ZERO_3', 'parallelism.sharding', 'zero3'],
  ['deepspeed', 'enable_deepspeed: true\n  offload_optimizer: { device: cpu }', 'parallelism.cpu_offload', 'optimizer'],
])('%s: %j states %s as %j', (group, lines, field, value) => {
  expect(valuesOf(group, lines)[field]).toEqual(value);
});

test('peft counts only with use_peft', () => {
  const peft = 'peft:\n  lora_r: 64\n  lora_target_modules: [q_proj]\n  q_lora: true\n';
  expect(valuesOf('training', 'use_peft: true', peft)).toMatchObject({
    'training.method': 'qlora',
    'training.lora.rank': 64,
    'training.lora.target_modules': ['q_proj'],
    'training.quantization.bits': 4,
  });
  expect(valuesOf('training', 'run_name: x', peft)).not.toHaveProperty(['training.lora.rank']);
});

test('the trainers of trl are the Hugging Face Trainer, oumi has one of its own', () => {
  expect(valuesOf('model', 'compile: false')['training.trainer']).toBe('huggingface');
  const { run } = readRun('a.yaml', 'model: { model_name: a/b }\ntraining: { trainer_type: OUMI }\n', new Map());
  expect(run?.facts['training.trainer']?.value).toBe('oumi');
});

test.each([
  ['TRL_DPO', true],
  ['TRL_DPO, use_peft: true', undefined],
  ['TRL_SFT', undefined],
])('%s keeps a reference model: %s', (training, refers) => {
  const text = `model: { model_name: a/b }\ntraining: { trainer_type: ${training} }\n`;
  expect(readRun('a.yaml', text, new Map()).run?.facts['training.reference_model']?.value).toBe(refers);
});

test('what is trained beside frozen layers is unknown', () => {
  const text = 'model:\n  model_name: a/b\n  freeze_layers: [vision]\ntraining:\n  trainer_type: TRL_SFT\n';
  expect(readRun('a.yaml', text, new Map()).run?.facts['training.method']).toMatchObject({
    value: 'unknown',
    place: { line: 3 },
  });
});

test('wrong values are problems, all at once', () => {
  const text =
    'model:\n  model_name: a/b\n  model_max_length: long\ntraining:\n  trainer_type: TRL_SFT\n  optimizer: rocket\ndeepspeed:\n  enable_deepspeed: true\n  zero_stage: ZERO_9\n';
  const { run, problems } = readRun('a.yaml', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['model.model_max_length', 3],
    ['deepspeed.zero_stage', 9],
  ]);
});

test('an inference config of oumi is no training config', () => {
  expect(readRun('a.yaml', 'model: { model_name: a/b }\nengine: VLLM\n', new Map()).format).toBeNull();
});

function valuesOf(group: string, lines: string, more = ''): Record<string, unknown> {
  const groups = new Map([
    ['model', 'model_name: a/b'],
    ['training', 'trainer_type: TRL_SFT'],
  ]);
  groups.set(group, `${groups.get(group) ?? ''}\n  ${lines}`);
  const text = [...groups].map(([name, body]) => `${name}:\n  ${body.trimStart()}\n`).join('');
  const { run, problems } = readRun('a.yaml', text + more, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}
