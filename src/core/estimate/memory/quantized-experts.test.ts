// Experts of a quantized base: transformers 5 has them in one tensor, which bitsandbytes passes over.
import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { gibibyte } from '../../units/bytes.ts';
import { memoryPart } from './memory.ts';

const adapter = { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1 };

function weightsOf(trainerVersion: string | undefined, prepared: boolean): number {
  const version = trainerVersion === undefined ? {} : { trainerVersion };
  const quantization = { bits: 4, double: true, prepared } as const;
  const run = aDescribedRun({
    model: 'mistralai/Mixtral-8x7B-v0.1',
    training: { trainer: 'huggingface', method: 'qlora', adapter, precision: 'bf16', quantization, ...version },
    parallelism: { sharding: 'none' },
    gpuCount: 1,
  });
  const { items } = memoryPart(run).value!;
  return Math.round(items.find(({ id }) => id === 'parameters')!.bytes / gibibyte);
}

test.each([
  // 46.7e9 weights at half a byte; of 45.1e9 in experts 2 or, cast by PEFT, 4 bytes each.
  { version: '4.57.1', prepared: false, gib: 23 },
  { version: '5.2.0', prepared: false, gib: 85 },
  { version: '5.2.0', prepared: true, gib: 170 },
  { version: undefined, prepared: false, gib: 85 },
])('Mixtral-8x7B in 4 bits by transformers $version, prepared: $prepared', ({ version, prepared, gib }) => {
  expect(weightsOf(version, prepared)).toBe(gib);
});
