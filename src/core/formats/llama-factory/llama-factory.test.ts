import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

test.each([
  ['cutoff_len: 4096', 'training.sequence_length', 4096],
  ['dataset: x', 'training.sequence_length', 2048],
  ['per_device_train_batch_size: 2', 'training.micro_batch_size', 2],
  ['max_steps: 500', 'training.steps', 500],
  ['max_steps: -1\nnum_train_epochs: 3.0', 'training.epochs', 3],
  ['finetuning_type: full\nbf16: true', 'training.precision', 'bf16-mixed'],
  ['finetuning_type: lora\nbf16: true', 'training.precision', 'bf16'],
  ['finetuning_type: full\npure_bf16: true', 'training.precision', 'bf16'],
  ['bf16: true\nfp8: true', 'training.precision', 'fp8-mixed'],
  ['optim: paged_adamw_8bit', 'training.optimizer', 'paged-adamw-8bit'],
  ['use_muon: true', 'training.optimizer', 'muon'],
  ['use_galore: true\ngalore_rank: 128', 'training.optimizer_rank', 128],
  ['use_apollo: true', 'training.optimizer', 'apollo'],
  [
    'finetuning_type: lora\nadditional_target: embed_tokens,lm_head',
    'training.lora.trained_modules',
    ['embed_tokens', 'lm_head'],
  ],
  ['packing: true', 'training.packing', true],
  ['dataset: x', 'training.freeze_vision_tower', true],
  ['freeze_vision_tower: false', 'training.freeze_vision_tower', false],
  ['freeze_multi_modal_projector: false', 'training.freeze_projector', false],
  ['freeze_language_model: true', 'training.freeze_language_model', true],
  ['dataset: x', 'training.activation_checkpointing', 'full'],
  ['disable_gradient_checkpointing: true', 'training.activation_checkpointing', 'none'],
  ['flash_attn: disabled', 'training.flash_attention', false],
  ['flash_attn: fa2', 'training.flash_attention', true],
  ['flash_attn: auto', 'training.flash_attention', undefined],
  ['enable_liger_kernel: true', 'training.fused_loss', true],
  ['use_unsloth: true', 'training.trainer', 'unsloth'],
  ['finetuning_type: lora\nlora_target: all', 'training.lora.target_modules', ['all-linear']],
  ['finetuning_type: lora\nlora_target: q_proj, v_proj', 'training.lora.target_modules', ['q_proj', 'v_proj']],
  ['finetuning_type: lora\nquantization_bit: 4', 'training.method', 'qlora'],
  ['finetuning_type: freeze', 'training.method', 'unknown'],
  ['fsdp: [full_shard, auto_wrap]', 'parallelism.sharding', 'zero3'],
  ['fsdp: [full_shard, auto_wrap]', 'parallelism.sharding_engine', 'fsdp'],
  ['deepspeed: ds_z3_config.json', 'parallelism.sharding_engine', 'deepspeed'],
  ['deepspeed: ""', 'parallelism.sharding_engine', undefined],
  ['fsdp: full_shard offload', 'parallelism.cpu_offload', 'parameters'],
  ['tensor_model_parallel_size: 4', 'parallelism.tensor', 4],
  ['use_distributed_optimizer: true', 'parallelism.sharding', 'zero1'],
  ['ray_num_workers: 4', 'hardware.count', 4],
  ['save_strategy: epoch\nnum_train_epochs: 4', 'training.checkpoint_every', '25%'],
  ['report_to: wandb', 'training.log', ['loss', 'grad_norm', 'memory']],
])('%j states %s as %j', (lines, field, value) => {
  const text = `model_name_or_path: a/b\nstage: sft\ndo_train: true\n${lines}\n`;
  const { format, run, problems } = readRun('a.yaml', text, new Map());
  expect(problems).toEqual([]);
  expect(format?.name).toBe('llama-factory');
  expect((run!.facts as Record<string, { value: unknown }>)[field]?.value).toEqual(value);
});

test('a DeepSpeed file of the repository is read, else its name is an assumption', () => {
  const text = 'model_name_or_path: a/b\nstage: sft\ndo_train: true\ndeepspeed: ds/ds_z3_config.json\n';
  expect(referencesOf('a.yaml', text)).toContain('ds/ds_z3_config.json');
  const file = '{ "zero_optimization": { "stage": 2 } }';
  const read = readRun('a.yaml', text, new Map([['ds/ds_z3_config.json', file]]));
  expect(read.run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero2', authority: 'config' });
  const named = readRun('a.yaml', text, new Map());
  expect(named.run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero3', authority: 'default' });
});

test.each([
  ['chat', 'model_name_or_path: a/b\nfinetuning_type: lora\ntemplate: llama3\n'],
  ['export', 'model_name_or_path: a/b\nexport_dir: out\n'],
])('a config for %s is no training config', (_, text) => {
  expect(readRun('a.yaml', text, new Map()).format).toBeNull();
});

test('wrong values are problems, all at once', () => {
  const text = 'model_name_or_path: a/b\nfinetuning_type: lora\ndo_train: true\nlora_rank: eight\ncutoff_len: long\n';
  const { problems } = readRun('a.yaml', text, new Map());
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['lora_rank', 4],
    ['cutoff_len', 5],
  ]);
});

test.each([
  ['full', 'sigmoid', true],
  ['full', 'orpo', undefined],
  ['lora', 'sigmoid', undefined],
])('DPO with finetuning_type %s and the loss %s keeps a reference model: %s', (type, loss, refers) => {
  const text = `model_name_or_path: a/b\nstage: dpo\ndo_train: true\nfinetuning_type: ${type}\npref_loss: ${loss}\n`;
  const { run } = readRun('a.yaml', text, new Map());
  expect(run?.facts['training.paired_samples']?.value).toBe(true);
  expect(run?.facts['training.reference_model']?.value).toBe(refers);
});

const flags = `--stage sft --do_train True --model_name_or_path meta-llama/Llama-3.1-8B-Instruct --finetuning_type lora \\
  --template llama3 --cutoff_len 4096 --per_device_train_batch_size 1 --learning_rate 5e-5 --bf16 True --lora_rank 8 --lora_target all`;

test.each([
  [`llamafactory-cli train ${flags}`, 1],
  [`accelerate launch --use_deepspeed --zero_stage 3 --num_processes 4 src/train.py ${flags}`, 4],
])('flags say what the keys of a config say: %s', (command, count) => {
  const { format, run, problems } = readRun('train.sh', `${command}\n`, new Map());
  expect(problems).toEqual([]);
  expect(format?.name).toBe('llama-factory');
  expect(run?.facts).toMatchObject({
    'training.trainer': { value: 'llama-factory' },
    'training.method': { value: 'lora', place: { line: 1 } },
    'training.lora.rank': { value: 8, place: { line: 2 } },
    'training.sequence_length': { value: 4096 },
    'training.precision': { value: 'bf16' },
  });
  expect(run?.facts['hardware.count']?.value).toBe(count === 1 ? undefined : count);
  expect(run?.facts['parallelism.sharding']?.value).toBe(count === 1 ? undefined : 'zero3');
});
