import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const script = `#!/bin/bash
MODEL=\${MODEL:-lmsys/vicuna-13b-v1.5}
torchrun --nproc_per_node=8 --nnodes=2 llava/train/train_mem.py \\
    --deepspeed ./scripts/zero3.json \\
    --model_name_or_path $MODEL \\
    --bf16 True \\
    --num_train_epochs 1 \\
    --per_device_train_batch_size 16 \\
    --gradient_accumulation_steps 1 \\
    --save_strategy "steps" \\
    --save_steps 50000 \\
    --learning_rate 2e-5 \\
    --model_max_length 2048 \\
    --gradient_checkpointing True \\
    --report_to wandb
`;

function valuesOf(text: string, referenced = new Map<string, string>()): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, referenced);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its flags, as a recipe of the Trainer does its keys', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'huggingface',
    'model.id': 'lmsys/vicuna-13b-v1.5',
    'training.sequence_length': 2048,
    'training.micro_batch_size': 16,
    'training.method': 'full',
    'training.gradient_accumulation_steps': 1,
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'training.epochs': 1,
    'training.checkpoint_every': 50000,
    'training.log': ['loss', 'grad_norm', 'memory'],
    'parallelism.sharding': 'zero3',
    'parallelism.sharding_engine': 'deepspeed',
    'hardware.count': 16,
  });
  const { run } = readRun('run.sh', script, new Map());
  expect(run?.facts['model.id']?.place?.line).toBe(2);
});

test('the DeepSpeed config of the repository counts before its name', () => {
  expect(referencesOf('run.sh', script)).toContain('scripts/zero3.json');
  const named = new Map([['scripts/zero3.json', '{ "zero_optimization": { "stage": 2 } }']]);
  expect(valuesOf(script, named)).toMatchObject({ 'parallelism.sharding': 'zero2' });
});

const flags = '--model_name_or_path a/b --learning_rate 1e-5 --per_device_train_batch_size 1';

test.each([
  [`accelerate launch --mixed_precision bf16 --num_processes 4 t.py ${flags}`, { 'hardware.count': 4 }],
  [`accelerate launch --mixed_precision bf16 t.py ${flags}`, { 'training.precision': 'bf16-mixed' }],
  [`deepspeed --num_gpus 4 --num_nodes 2 t.py ${flags}`, { 'hardware.count': 8 }],
  [`python -m torch.distributed.launch --nproc_per_node 4 t.py ${flags}`, { 'hardware.count': 4 }],
  [`#SBATCH --nodes=2\n#SBATCH --gpus-per-node=8\nsrun python t.py ${flags}`, { 'hardware.count': 16 }],
  [`python t.py ${flags} --bits 4 --lora_enable --lora_r 64`, { 'training.method': 'qlora', 'training.lora.rank': 64 }],
  [`python t.py ${flags} --tune_mm_mlp_adapter True`, { 'training.freeze_language_model': true }],
  [`python t.py ${flags} --freeze_mm_mlp_adapter True`, { 'training.freeze_projector': true }],
  [`python t.py ${flags} --fsdp "full_shard auto_wrap"`, { 'parallelism.sharding': 'zero3' }],
  [`accelerate launch --use_deepspeed t.py ${flags}`, { 'parallelism.sharding_engine': 'deepspeed' }],
  [`accelerate launch --use_fsdp t.py ${flags}`, { 'parallelism.sharding_engine': 'fsdp' }],
  [`python t.py ${flags} --max_steps -1 --num_train_epochs 2`, { 'training.epochs': 2 }],
])('%s states %j', (text, expected) => {
  expect(valuesOf(text)).toMatchObject(expected);
});

test('a number of GPUs that only the machine knows is not stated', () => {
  const text = `torchrun --nproc_per_node=$(nvidia-smi -L | wc -l) t.py ${flags}`;
  expect(valuesOf(text)).not.toHaveProperty(['hardware.count']);
});

test.each(['python eval.py --model_name_or_path a/b --tasks mmlu', 'python t.py --learning_rate 1'])(
  '%s is no training of the Trainer',
  (text) => {
    expect(readRun('run.sh', text, new Map()).format).toBeNull();
  },
);

test('wrong values are problems on their lines', () => {
  const text = script.replace('size 16', 'size 0').replace('--bf16 True', '--bf16 maybe');
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['bf16', 6],
    ['per_device_train_batch_size', 8],
  ]);
});

test('an accelerate file that the command names is weaker than its flags', () => {
  const script =
    'accelerate launch --config_file launch/fsdp.yaml --num_processes 16 sft.py --model_name_or_path a/b --learning_rate 1e-5\n';
  expect(referencesOf('run.sh', script)).toContain('launch/fsdp.yaml');
  const file = 'distributed_type: FSDP\nnum_processes: 8\nmixed_precision: bf16\n';
  const { run, problems } = readRun('run.sh', script, new Map([['launch/fsdp.yaml', file]]));
  expect(problems).toEqual([]);
  expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero3', place: { path: 'launch/fsdp.yaml' } });
  expect(run?.facts['hardware.count']).toMatchObject({ value: 16, replaces: { value: 8 } });
});

test('trl states a run by its model alone', () => {
  const values = valuesOf('trl sft --model_name_or_path Qwen/Qwen2.5-7B --dataset_name x --use_peft\n');
  expect(values).toMatchObject({ 'model.id': 'Qwen/Qwen2.5-7B', 'training.method': 'lora' });
  expect(readRun('run.sh', 'trl vllm-serve --model_name_or_path Qwen/Qwen2.5-7B\n').run).toBeNull();
});

test.each(['trl dpo', 'accelerate launch trl/scripts/dpo.py'])(
  '%s trains on pairs beside a reference model',
  (program) => {
    expect(valuesOf(`${program} ${flags} --max_length 1024`)).toMatchObject({
      'training.paired_samples': true,
      'training.reference_model': true,
    });
  },
);

test('trl says which trainer its recipe is for', () => {
  const recipe = 'model_name_or_path: a/b\nper_device_train_batch_size: 2\nlearning_rate: 1.0e-6\n';
  const { run, problems } = readRun('run.sh', 'trl dpo --config dpo.yaml', new Map([['dpo.yaml', recipe]]));
  expect(problems).toEqual([]);
  expect(run?.facts['training.paired_samples']).toMatchObject({ value: true, place: { path: 'run.sh' } });
});

test.each([
  ['ds/stage3_no_offloading.json', 'zero3', undefined],
  ['ds_z3_offload_config.json', 'zero3', 'parameters'],
  ['zero2_offload.json', 'zero2', 'optimizer'],
])('the name %s of a DeepSpeed file that is not there tells its stage', (name, sharding, offload) => {
  const values = valuesOf(`deepspeed t.py ${flags} --deepspeed ${name} --grad_checkpoint True`);
  expect(values).toMatchObject({ 'parallelism.sharding': sharding, 'training.activation_checkpointing': 'full' });
  expect(values['parallelism.cpu_offload']).toBe(offload);
});
