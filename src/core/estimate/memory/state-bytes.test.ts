import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { stateBytes } from './state-bytes.ts';

test.each([
  { trainer: null, precision: 'fp32', sharding: 'none', sum: 16 },
  { trainer: null, precision: 'bf16-mixed', sharding: 'none', sum: 16 },
  { trainer: 'torchtitan', precision: 'bf16-mixed', sharding: 'zero3', sum: 16 },
  { trainer: 'torchtune', precision: 'bf16', sharding: 'none', sum: 8 },
  { trainer: 'huggingface', precision: 'bf16', sharding: 'none', sum: 8 },
  { trainer: 'huggingface', precision: 'bf16', sharding: 'zero2', sum: 16 },
  { trainer: 'deepspeed', precision: 'fp16-mixed', sharding: 'zero1', sum: 16 },
  { trainer: 'megatron-lm', precision: 'bf16-mixed', sharding: 'zero1', sum: 18 },
  { trainer: 'NeMo', precision: 'bf16-mixed', sharding: 'none', sum: 18 },
  { trainer: 'megatron-lm', precision: 'fp16-mixed', sharding: 'none', sum: 20 },
  { trainer: 'megatron-lm', precision: 'fp32', sharding: 'none', sum: 16 },
] as const)(
  '$trainer in $precision, sharding $sharding: $sum bytes a parameter with AdamW',
  ({ sum, sharding, ...training }) => {
    const run = aDescribedRun({ training, parallelism: { sharding } });
    const { weight, gradient, master, moment } = stateBytes(
      run.training,
      run.parallelism,
      trainerTraits(training.trainer),
    );
    expect(weight + gradient + master + 2 * moment).toBe(sum);
  },
);

test.each([
  { shardingEngine: 'deepspeed', sharding: 'zero3', weight: 2, master: 4 },
  { shardingEngine: 'fsdp', sharding: 'zero3', weight: 4, master: 0 },
  { shardingEngine: 'deepspeed', sharding: 'zero2', weight: 2, master: 4 },
  { shardingEngine: 'fsdp', sharding: 'zero2', weight: 4, master: 0 },
  { shardingEngine: null, sharding: 'zero2', weight: 2, master: 4 },
  { shardingEngine: null, sharding: 'zero3', weight: 4, master: 0 },
] as const)(
  "Hugging Face's $sharding by $shardingEngine: $weight bytes a weight, $master of a copy",
  ({ shardingEngine, sharding, ...bytes }) => {
    const run = aDescribedRun({ training: { precision: 'bf16-mixed' }, parallelism: { sharding, shardingEngine } });
    expect(stateBytes(run.training, run.parallelism, trainerTraits('huggingface', run.parallelism))).toMatchObject(
      bytes,
    );
  },
);
