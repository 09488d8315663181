import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const recipe = `# SFT on 8 GPUs
model_name_or_path: mistralai/Mistral-7B-v0.1
attn_implementation: flash_attention_2
bf16: true
gradient_accumulation_steps: 2
gradient_checkpointing: true
learning_rate: 2.0e-05
max_seq_length: 2048
max_steps: -1
num_train_epochs: 4
optim: adamw_torch
per_device_train_batch_size: 16
report_to:
- wandb
save_strategy: epoch
run_name: zephyr-sft
`;

test('a recipe states what it says, each value on its line', () => {
  const { run, problems } = readRun('recipes/zephyr/config_full.yaml', recipe, new Map());
  expect(problems).toEqual([]);
  expect(run).toMatchObject({ dialect: 'huggingface-trainer', name: 'zephyr-sft' });
  expect(run!.facts['training.micro_batch_size']).toEqual({
    value: 16,
    authority: 'config',
    place: { path: 'recipes/zephyr/config_full.yaml', line: 12, column: 1 },
  });
  expect(valuesOf(recipe)).toEqual({
    'model.id': 'mistralai/Mistral-7B-v0.1',
    'training.trainer': 'huggingface',
    'training.flash_attention': true,
    'training.precision': 'bf16-mixed',
    'training.gradient_accumulation_steps': 2,
    'training.activation_checkpointing': 'full',
    'training.sequence_length': 2048,
    'training.epochs': 4,
    'training.optimizer': 'adamw',
    'training.optimizer_implementation': 'foreach',
    'training.micro_batch_size': 16,
    'training.method': 'full',
    'training.log': ['loss', 'grad_norm', 'memory'],
    'training.checkpoint_every': '25%',
  });
});

test('the same in JSON is the same run', () => {
  const json = JSON.stringify({ model_name_or_path: 'a/b', learning_rate: 1e-5, per_device_train_batch_size: 2 });
  expect(readRun('a.json', json, new Map()).run?.facts['training.micro_batch_size']?.value).toBe(2);
});

test.each([
  ['bf16: true', 'bf16-mixed'],
  ['fp16: true', 'fp16-mixed'],
  ['bf16: yes', 'bf16-mixed'],
  ['bf16: true\ntorch_dtype: float32', 'bf16-mixed'],
  ['bf16: true\ntorch_dtype: bfloat16', 'bf16'],
  ['torch_dtype: bfloat16', 'bf16'],
  ['bf16: true\ndtype: bfloat16', 'bf16'],
  ['bf16: true\ntorch_dtype: bfloat16\ndeepspeed: { zero_optimization: { stage: 3 } }', 'bf16-mixed'],
  ['bf16: true\ntorch_dtype: bfloat16\nfsdp: full_shard auto_wrap', 'bf16-mixed'],
  ['bf16: false\ntorch_dtype: float32', 'fp32'],
  ['bf16: true\ntorch_dtype: auto', 'bf16'],
  ['torch_dtype: auto', undefined],
  ['learning_rate: 1', undefined],
])('%j trains in %s', (lines, precision) => {
  expect(valueOf(lines, 'training.precision')).toBe(precision);
});

test.each([
  ['max_length: 1024', 1024],
  ['max_seq_length: 512\nmax_length: 1024', 1024],
  ['max_prompt_length: 512\nmax_completion_length: 1024', 1536],
  ['max_length: 2048\nmax_prompt_length: 512\nmax_completion_length: 1024', 2048],
  ['max_length: null\nmax_prompt_length: 512', undefined],
])('%j makes sequences of %s tokens', (lines, length) => {
  expect(valueOf(lines, 'training.sequence_length')).toBe(length);
});

test.each([
  ['optim: adamw_bnb_8bit', 'adamw-8bit'],
  ['optim: adamw_torch_fused', 'adamw'],
  ['optim: paged_adamw_32bit', 'paged-adamw'],
  ['optim: adafactor', 'adafactor'],
  ['learning_rate: 1', undefined],
])('%s keeps the states of %s', (line, optimizer) => {
  expect(valueOf(line, 'training.optimizer')).toBe(optimizer);
});

test('an optimizer that nobody has described is unknown, named with its place, and everything else is read', () => {
  const { run, problems } = readRun('a.yaml', 'model_name_or_path: a/b\noptim: rocket\n', new Map());
  expect(problems).toEqual([]);
  expect(run?.facts['training.optimizer']).toMatchObject({
    value: 'unknown',
    place: { line: 2 },
    reason: 'optim: "rocket" is not known',
  });
  expect(run?.facts['model.id']?.value).toBe('a/b');
});

test.each([
  ['attn_implementation: sdpa', 'training.flash_attention', true],
  ['attn_implementation: eager', 'training.flash_attention', false],
  ['use_flash_attention_2: true', 'training.flash_attention', true],
  ['use_flash_attention_2: false', 'training.flash_attention', undefined],
  ['use_liger_kernel: true', 'training.fused_loss', true],
  ['packing: true', 'training.packing', true],
  ['torch_compile: true', 'training.compile', true],
  ['optim: adamw_torch_fused', 'training.optimizer_implementation', 'fused'],
  ['optim: adamw_bnb_8bit', 'training.optimizer_implementation', undefined],
  ['use_liger_kernel: true', 'training.fused_kernels', true],
  ['fsdp: full_shard\nfsdp_config: { version: 2 }', 'parallelism.fsdp_version', 2],
  [
    'accelerator_config: { gradient_accumulation_kwargs: { sync_each_batch: true } }',
    'parallelism.sync_each_batch',
    true,
  ],
  ['use_peft: true\nlora_dropout: 0.05', 'training.lora.dropout', 0.05],
  ['use_peft: true\nbf16: true\ndtype: float32', 'training.frozen_precision', 'fp32'],
  ['use_peft: true\nbf16: true\ndtype: bfloat16', 'training.autocast', true],
  ['use_peft: true\nbf16: true', 'training.frozen_precision', undefined],
  ['gradient_checkpointing: false', 'training.activation_checkpointing', 'none'],
  ['activation_offloading: true', 'training.activation_offload', true],
  ['max_steps: 500\nnum_train_epochs: 3', 'training.steps', 500],
  ['max_steps: 500\nnum_train_epochs: 3', 'training.epochs', undefined],
  ['max_steps: -1\nnum_train_epochs: 3', 'training.epochs', 3],
  ['save_steps: 100', 'training.checkpoint_every', 100],
  ['save_steps: 0.05', 'training.checkpoint_every', '5%'],
  ["save_strategy: 'no'", 'training.checkpoint_every', '100%'],
  ['save_strategy: epoch\nnum_train_epochs: 3', 'training.checkpoint_every', '33.3333%'],
  ['save_strategy: epoch\nmax_steps: 10\nnum_train_epochs: 3', 'training.checkpoint_every', undefined],
  ['save_strategy: epoch', 'training.checkpoint_every', undefined],
  ["logging_strategy: 'no'", 'training.log', []],
  ['report_to: none', 'training.log', ['loss', 'grad_norm']],
  ['fsdp: "full_shard auto_wrap offload"', 'parallelism.sharding', 'zero3'],
  ['fsdp: "full_shard auto_wrap offload"', 'parallelism.cpu_offload', 'parameters'],
  ['fsdp: [shard_grad_op]', 'parallelism.sharding', 'zero2'],
  ['fsdp: [shard_grad_op]', 'parallelism.sharding_engine', 'fsdp'],
  ['fsdp: [full_shard]\ndeepspeed: ds.json', 'parallelism.sharding_engine', 'deepspeed'],
  ['fsdp: ""', 'parallelism.sharding', undefined],
  ['fsdp: true\nfsdp_config: { activation_checkpointing: true }', 'training.activation_checkpointing', 'full'],
  ['deepspeed: { zero_optimization: { stage: 2 } }', 'parallelism.sharding', 'zero2'],
  ['deepspeed: { zero_optimization: { offload_optimizer: { device: cpu } } }', 'parallelism.cpu_offload', 'optimizer'],
] as const)('%j states %s as %j', (lines, field, value) => {
  expect(valueOf(lines, field)).toEqual(value);
});

test.each([
  [
    'use_peft: true\nlora_r: 64\nlora_target_modules: [q_proj, v_proj]',
    { 'training.method': 'lora', 'training.lora.rank': 64, 'training.lora.target_modules': ['q_proj', 'v_proj'] },
  ],
  [
    'use_peft: true\nlora_target_modules: all-linear',
    { 'training.lora.rank': 16, 'training.lora.target_modules': ['all-linear'] },
  ],
  [
    'use_peft: true\nload_in_4bit: true\nbnb_4bit_use_double_quant: true',
    { 'training.method': 'qlora', 'training.quantization.bits': 4, 'training.quantization.double': true },
  ],
  ['use_peft: true\nload_in_8bit: true', { 'training.method': 'qlora', 'training.quantization.bits': 8 }],
  [
    'use_peft: true\nlora_modules_to_save: [lm_head]\nuse_dora: true',
    { 'training.lora.trained_modules': ['lm_head'], 'training.lora.dora': true },
  ],
  ['use_peft: false\nlora_r: 64', { 'training.method': 'full' }],
])('%j states %j', (lines, expected) => {
  const values = valuesOf(`model_name_or_path: a/b\nlearning_rate: 1\n${lines}\n`);
  expect(values).toMatchObject(expected);
  if (lines.startsWith('use_peft: false')) expect(values).not.toHaveProperty(['training.lora.rank']);
});

test('defaults of the Trainer are marked as such', () => {
  const { run } = readRun('a.yaml', 'model_name_or_path: a/b\nlearning_rate: 1\n', new Map());
  for (const field of ['training.micro_batch_size', 'training.checkpoint_every', 'training.log'] as const) {
    expect(run?.facts[field]).toMatchObject({ authority: 'default', place: null });
  }
});

const config = JSON.stringify({ model_type: 'llama', hidden_size: 64, num_hidden_layers: 2 });

test.each([
  ['./models/tiny', 'recipes/sft.yaml', ['models/tiny/config.json', 'recipes/models/tiny/config.json']],
  ['../models/tiny', 'recipes/sft.yaml', ['models/tiny/config.json']],
  ['models/llama/tiny/', 'sft.yaml', ['models/llama/tiny/config.json']],
  ['org/name', 'sft.yaml', ['models/org/name/config.json', 'org/name/config.json']],
  ['gpt2', 'sft.yaml', []],
  ['/data/models/tiny', 'sft.yaml', []],
  ['~/models/x/y', 'sft.yaml', []],
  ['https://example.org/a/b', 'sft.yaml', []],
  ['../../../etc', 'recipes/sft.yaml', []],
])('%s in %s refers to %j', (model, path, references) => {
  expect(referencesOf(path, `model_name_or_path: ${model}\nlearning_rate: 1\n`)).toEqual(references);
});

test('a model in the repository is read with its own places, and its path is no id', () => {
  const text = 'model_name_or_path: ./models/tiny\nlearning_rate: 1\n';
  const { run, problems } = readRun('sft.yaml', text, new Map([['models/tiny/config.json', config]]));
  expect(problems).toEqual([]);
  expect(run?.facts['model.id']).toBeUndefined();
  expect(run?.facts['model.hidden_size']).toMatchObject({ value: 64, place: { path: 'models/tiny/config.json' } });
  expect(run?.facts['model.gated_mlp']).toMatchObject({ value: true, authority: 'default' });
});

test('a model named by its id is the one of the repository where that holds it, and nothing else that lies there', () => {
  const text = 'model_name_or_path: org/tiny\nlearning_rate: 1\n';
  const read = (path: string, content: string) => readRun('sft.yaml', text, new Map([[path, content]])).run?.facts;
  expect(read('models/org/tiny/config.json', config)?.['model.hidden_size']?.value).toBe(64);
  const other = read('org/tiny/config.json', '{"zero_optimization": {"stage": 3}}');
  expect(other?.['model.id']?.value).toBe('org/tiny');
});

test('a model that is not in the repository goes by its path', () => {
  const { run } = readRun('sft.yaml', 'model_name_or_path: ./models/tiny\nlearning_rate: 1\n', new Map());
  expect(run?.facts['model.id']?.value).toBe('./models/tiny');
});

test('a broken config.json is a problem in that file', () => {
  const text = 'model_name_or_path: ./models/tiny\nlearning_rate: 1\n';
  expect(readRun('sft.yaml', text, new Map([['models/tiny/config.json', '{']]))).toMatchObject({
    run: null,
    problems: [{ code: 'invalid-json', place: { path: 'models/tiny/config.json' } }],
  });
});

test('a path that leads out of the repository is a problem', () => {
  expect(readRun('sft.yaml', 'learning_rate: 1\nmodel_name_or_path: ../model\n', new Map())).toMatchObject({
    run: null,
    problems: [{ code: 'outside-repository', key: 'model_name_or_path', place: { line: 2 } }],
  });
});

test('a DeepSpeed config of the repository is read with its own places', () => {
  const text = 'model_name_or_path: a/b\nlearning_rate: 1\ndeepspeed: ds/zero3.json\n';
  expect(referencesOf('sft.yaml', text)).toContain('ds/zero3.json');
  const { run } = readRun('sft.yaml', text, new Map([['ds/zero3.json', '{ "zero_optimization":\n{ "stage": 3 } }']]));
  expect(run?.facts['parallelism.sharding']).toMatchObject({
    value: 'zero3',
    place: { path: 'ds/zero3.json', line: 2 },
  });
  const unread = readRun('sft.yaml', text, new Map()).run?.facts['parallelism.sharding'];
  expect(unread).toEqual({ value: 'zero3', authority: 'default', place: null });
});

test('wrong values are problems, all at once', () => {
  const text =
    'model_name_or_path: a/b\nper_device_train_batch_size: 0\nmax_steps: many\ntorch_dtype: int3\nbf16: maybe\n';
  const { run, problems } = readRun('a.yaml', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['per_device_train_batch_size', 2],
    ['max_steps', 3],
    ['torch_dtype', 4],
    ['bf16', 5],
  ]);
});

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('a.yaml', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

function valueOf(lines: string, field: string): unknown {
  return valuesOf(`model_name_or_path: a/b\nper_device_train_batch_size: 1\n${lines}\n`)[field];
}

const ofTrl = `model_name_or_path: Qwen/Qwen2.5-7B
per_device_train_batch_size: 2
learning_rate: 1.0e-5
`;

test.each([
  ['one of trl by its name', 'zero3', { 'parallelism.sharding': { value: 'zero3', place: { line: 4 } } }],
  [
    'a file',
    'acc/fsdp.yaml',
    {
      'parallelism.sharding': { place: { path: 'acc/fsdp.yaml' } },
      'parallelism.cpu_offload': { value: 'parameters' },
    },
  ],
])('accelerate_config of a recipe names %s', (_, written, facts) => {
  const file =
    'distributed_type: FSDP\nfsdp_config: { fsdp_version: 2, fsdp_offload_params: true }\nnum_processes: 4\n';
  const text = `${ofTrl}accelerate_config: ${written}\nnum_processes: 8\n`;
  const { run, problems } = readRun('sft.yaml', text, new Map([['acc/fsdp.yaml', file]]));
  expect(problems).toEqual([]);
  expect(run?.facts).toMatchObject({ ...facts, 'hardware.count': { value: 8, place: { line: 5 } } });
});
