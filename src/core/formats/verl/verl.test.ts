import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `set -x
NNODES=\${NNODES:-2}
MODEL=Qwen/Qwen2.5-7B-Instruct
python3 -m verl.trainer.main_ppo \\
    data.train_batch_size=256 \\
    data.max_prompt_length=1024 \\
    data.max_response_length=3072 \\
    actor_rollout_ref.model.path=$MODEL \\
    actor_rollout_ref.model.enable_gradient_checkpointing=True \\
    actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=4 \\
    actor_rollout_ref.rollout.tensor_model_parallel_size=2 \\
    +trainer.n_gpus_per_node=8 \\
    trainer.nnodes=$NNODES \\
    trainer.save_freq=-1 \\
    trainer.experiment_name=grpo_7b \\
    trainer.total_epochs=15 $@
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its overrides, and what verl takes by default', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'verl',
    'model.id': 'Qwen/Qwen2.5-7B-Instruct',
    'training.activation_checkpointing': 'full',
    'training.optimizer': 'adamw',
    'training.sequence_length': 4096,
    'training.global_batch_size': 256,
    'training.micro_batch_size': 4,
    'training.epochs': 15,
    'training.precision': 'bf16-mixed',
    'training.rollouts': true,
    'training.engine_memory_share': 0,
    'parallelism.sharding': 'zero3',
    'hardware.count': 16,
  });
  expect(readRun('run.sh', script, new Map()).run?.name).toBe('grpo_7b');
});

test('layers are recomputed unless a script says otherwise, and not by Megatron', () => {
  const flag = '    actor_rollout_ref.model.enable_gradient_checkpointing=True \\\n';
  const checkpointing = (text: string) =>
    readRun('run.sh', text, new Map()).run?.facts['training.activation_checkpointing'];
  expect(checkpointing(script.replace(flag, ''))).toMatchObject({ value: 'full', authority: 'default' });
  expect(checkpointing(script.replace(flag, flag.replace('True', 'False')))).toMatchObject({ value: 'none' });
  const megatron = '    actor_rollout_ref.actor.strategy=megatron \\\n';
  expect(checkpointing(script.replace(flag, megatron))).toBeUndefined();
});

test('a value stands where its variable was set', () => {
  const { run } = readRun('run.sh', script, new Map());
  expect(run?.facts['model.id']?.place).toMatchObject({ line: 3 });
  expect(run?.facts['training.micro_batch_size']?.place).toMatchObject({ line: 10 });
  expect(run?.facts['parallelism.sharding']).toMatchObject({ authority: 'default', place: null });
});

test('Megatron splits the policy, the inference engine does not', () => {
  const values = valuesOf(`TP=4
python3 -m verl.trainer.main_ppo --config-name=ppo_megatron_trainer.yaml \\
    actor_rollout_ref.actor.megatron.tensor_model_parallel_size=$TP \\
    actor_rollout_ref.actor.megatron.pipeline_model_parallel_size=2 \\
    actor_rollout_ref.rollout.tensor_model_parallel_size=8
`);
  expect(values).toMatchObject({ 'parallelism.tensor': 4, 'parallelism.pipeline': 2, 'parallelism.sharding': 'zero1' });
});

test('supervised training counts the GPUs of its launcher', () => {
  const values = valuesOf(
    'torchrun --nnodes=2 --nproc_per_node=8 -m verl.trainer.fsdp_sft_trainer data.micro_batch_size_per_gpu=4 model.partial_pretrain=a/b data.max_length=2048',
  );
  expect(values).toMatchObject({ 'hardware.count': 16, 'model.id': 'a/b', 'training.sequence_length': 2048 });
});

test('an argument of the script is not stated, and never guessed', () => {
  const values = valuesOf(script.replace('$MODEL', '$1').replace('=8 ', '=$GPUS '));
  expect(values).not.toHaveProperty(['model.id']);
  expect(values).not.toHaveProperty(['hardware.count']);
});

test.each([
  ['data.train_batch_size=256', 'data.train_batch_size=many'],
  ['data.max_prompt_length=1024', 'data.max_prompt_length=-5'],
])('%s as %s is a problem on its line', (right, wrong) => {
  const { run, problems } = readRun('run.sh', script.replace(right, wrong), new Map());
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ key: expect.stringContaining('data.') as string }]);
});
