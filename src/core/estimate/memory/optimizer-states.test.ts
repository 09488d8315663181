import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

const parameters = 6_738_415_616;

function bytesPerParameter(deviation: Deviation): number {
  const run = aDescribedRun({
    model: 'meta-llama/Llama-2-7b-hf',
    gpuCount: 1,
    parallelism: { sharding: 'none' },
    ...deviation,
  });
  const item = memoryPart(run).value!.items.find(({ id }) => id === 'optimizer_states');
  return (item?.bytes ?? 0) / parameters;
}

test.each([
  { optimizer: 'adamw', bytes: 8 },
  { optimizer: 'adamw-8bit', bytes: 2.03125 },
  { optimizer: 'lion', bytes: 4 },
  { optimizer: 'sgd-momentum', bytes: 4 },
  { optimizer: 'sgd', bytes: 0 },
  { optimizer: 'paged-adamw-8bit', bytes: 0 },
] as const)('$optimizer keeps $bytes bytes a parameter', ({ optimizer, bytes }) => {
  expect(bytesPerParameter({ training: { optimizer } })).toBeCloseTo(bytes, 10);
});

test('Muon keeps one moment of the matrices and two of embedding, head and final norm', () => {
  const outer = 2 * 32_000 * 4096 + 4096;
  expect(bytesPerParameter({ training: { optimizer: 'muon' } })).toBeCloseTo(4 + (4 * outer) / parameters, 10);
});

test('Adafactor keeps next to nothing', () => {
  expect(bytesPerParameter({ training: { optimizer: 'adafactor' } })).toBeLessThan(0.01);
});

test('an offloaded optimizer keeps nothing on the GPU', () => {
  expect(bytesPerParameter({ parallelism: { sharding: 'none', cpuOffload: 'optimizer' } })).toBe(0);
});
