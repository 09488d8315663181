import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `torchrun --nproc_per_node 4 --nnodes 2 -m open_clip_train.main \\
    --train-data '/data/{000..100}.tar' \\
    --train-num-samples 1000000 \\
    --model ViT-B-32 \\
    --batch-size=512 \\
    --accum-freq 2 \\
    --precision amp_bfloat16 \\
    --epochs=32 \\
    --grad-checkpointing
`;

test('a script states its flags', () => {
  const { run, problems } = readRun('run.sh', script, new Map());
  expect(problems).toEqual([]);
  const values = Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
  expect(values).toEqual({
    'training.trainer': 'open-clip',
    'model.id': 'ViT-B-32',
    'training.micro_batch_size': 512,
    'training.gradient_accumulation_steps': 2,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'full',
    'training.samples': 32_000_000,
    'parallelism.sharding': 'ddp',
    'hardware.count': 8,
  });
});

test('a command that only evaluates is no training', () => {
  const text = 'python -m open_clip_train.main --imagenet-val /data/val --model ViT-B-32';
  expect(readRun('run.sh', text, new Map()).format).toBeNull();
});

test('wrong values are problems on their lines', () => {
  const text = script.replace('amp_bfloat16', 'int3').replace('size=512', 'size=-1');
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['batch_size', 5],
    ['precision', 7],
  ]);
});
