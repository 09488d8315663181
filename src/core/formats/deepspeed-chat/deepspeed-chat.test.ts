import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `ZERO_STAGE=$2
if [ "$ZERO_STAGE" == "" ]; then
    ZERO_STAGE=3
fi
deepspeed --include localhost:0,1 main.py \\
   --model_name_or_path facebook/opt-1.3b \\
   --per_device_train_batch_size 4 \\
   --max_seq_len 512 \\
   --num_train_epochs 4  \\
   --gradient_accumulation_steps 1 \\
   --gradient_checkpointing \\
   --lora_dim 128 \\
   --zero_stage $ZERO_STAGE \\
   --deepspeed \\
   &> training.log
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its flags, with the default of an argument that nobody gave', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'deepspeed',
    'model.id': 'facebook/opt-1.3b',
    'training.sequence_length': 512,
    'training.micro_batch_size': 4,
    'training.gradient_accumulation_steps': 1,
    'training.epochs': 4,
    'training.activation_checkpointing': 'full',
    'training.precision': 'fp16-mixed',
    'training.optimizer': 'adamw',
    'training.method': 'lora',
    'training.lora.rank': 128,
    'parallelism.sharding': 'zero3',
    'hardware.count': 2,
  });
  const { run } = readRun('run.sh', script, new Map());
  expect(run?.facts['parallelism.sharding']?.place?.line).toBe(3);
});

test('PPO states the actor', () => {
  const values = valuesOf(
    'deepspeed main.py --actor_model_name_or_path a/b --actor_zero_stage 2 --per_device_training_batch_size 8 --max_prompt_seq_len 256 --max_answer_seq_len 128 --offload',
  );
  expect(values).toMatchObject({
    'model.id': 'a/b',
    'training.sequence_length': 384,
    'training.micro_batch_size': 8,
    'parallelism.sharding': 'zero2',
    'parallelism.cpu_offload': 'optimizer',
  });
});

test('wrong values are problems on their lines', () => {
  const text = script.replace('size 4', 'size four').replace('ZERO_STAGE=3', 'ZERO_STAGE=7');
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['zero_stage', 3],
    ['per_device_train_batch_size', 7],
  ]);
});
