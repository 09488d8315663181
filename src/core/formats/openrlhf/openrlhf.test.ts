import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `set -x
read -r -d '' training_commands <<EOF
openrlhf.cli.train_sft \\
   --max_len 2048 \\
   --train_batch_size 256 \\
   --micro_train_batch_size 2 \\
   --pretrain meta-llama/Meta-Llama-3-8B \\
   --save_steps -1 \\
   --max_epochs 1 \\
   --zero_stage 2 \\
   --bf16 \\
   --gradient_checkpointing
EOF
deepspeed --num_gpus 8 --module $training_commands
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script with its flags in a here-document states them', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'openrlhf',
    'model.id': 'meta-llama/Meta-Llama-3-8B',
    'training.sequence_length': 2048,
    'training.micro_batch_size': 2,
    'training.global_batch_size': 256,
    'training.epochs': 1,
    'training.optimizer': 'adamw',
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'parallelism.sharding': 'zero2',
    'hardware.count': 8,
  });
  const { run } = readRun('run.sh', script, new Map());
  expect(run?.facts['training.global_batch_size']?.place?.line).toBe(5);
});

const ppo = `ray job submit -- python3 -m openrlhf.cli.train_ppo_ray \\
   --actor.num_nodes 2 --actor.num_gpus_per_node 8 --train.colocate_all \\
   --actor.model_name_or_path a/b --train.batch_size 128 --train.micro_batch_size 1 --ds.zero_stage 3 --ds.param_dtype bf16
`;

test('flags with dots are the same', () => {
  expect(valuesOf(ppo)).toMatchObject({
    'model.id': 'a/b',
    'training.global_batch_size': 128,
    'training.micro_batch_size': 1,
    'parallelism.sharding': 'zero3',
    'training.precision': 'bf16-mixed',
    'hardware.count': 16,
  });
});

test('without colocation the number of GPUs is not known', () => {
  expect(valuesOf(ppo.replace('--train.colocate_all', ''))).not.toHaveProperty(['hardware.count']);
});

test.each([
  ['', 0.6],
  [' --vllm.enable_sleep', 0],
  [' --train.async_enable', undefined],
])('a vLLM beside training%s keeps %s of the GPU', (flag, share) => {
  const values = valuesOf(
    ppo.replace('--train.colocate_all', `--train.colocate_all --vllm.gpu_memory_utilization 0.6${flag}`),
  );
  expect(values['training.engine_memory_share']).toBe(share);
});

test('a wrong value is a problem on its line', () => {
  const { run, problems } = readRun('run.sh', script.replace('--zero_stage 2', '--zero_stage 9'), new Map());
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: 'zero_stage', place: { line: 10 } }]);
});
