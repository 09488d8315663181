import { expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { readGuards } from '../../guards.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';
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

const v100 = {
  path: '.github/scalegate.yml',
  content: { text: 'scalegate_policy: 1\nassumptions: [{ files: ["**"], hardware: { gpu: V100-SXM2-32GB } }]\n' },
};

/** Memory of a run on one V100, in GiB. */
function memoryOf(flags: string): { low: number; likely: number; high: number } | null {
  const text = `torchrun --nproc_per_node 1 -m open_clip_train.main --train-data a.tar ${flags}\n`;
  const { estimated } = estimateConfig('run.sh', new OpenedFiles([['run.sh', { text }]]), readGuards(v100));
  const memory = estimated?.estimate.memory ?? null;
  return memory === null
    ? null
    : { low: memory.lowBytes / 2 ** 30, likely: memory.peakBytes / 2 ** 30, high: memory.highBytes / 2 ** 30 };
}

test('a batch of 256 for ViT-B-16 takes what MetaCLIP saw on a V100, and 512 do not fit', () => {
  // facebookresearch/MetaCLIP, issue 47: 26 of 32 GB, and out of memory
  const seen = memoryOf('--model ViT-B-16-quickgelu --batch-size 256 --precision amp')!;
  expect(seen.low).toBeLessThan(26);
  expect(seen.high).toBeGreaterThan(26);
  expect(Math.abs(seen.likely / 26 - 1)).toBeLessThan(0.15);
  expect(memoryOf('--model ViT-B-16-quickgelu --batch-size 512 --precision amp')!.low).toBeGreaterThan(32);
});

test('a model of convolutions is not estimated, and what is frozen by half is not guessed', () => {
  expect(memoryOf('--model RN50 --batch-size 256')).toBeNull();
  const { run } = readRun('run.sh', script.replace('--grad-checkpointing', '--lock-image'), new Map());
  expect(run?.facts['training.method']?.value).toBe('unknown');
});
