import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { findModel } from '../../catalog/model.ts';
import { memoryPart } from './memory.ts';

const mixtral = findModel('mistralai/Mixtral-8x7B-v0.1')!.shape;

function memoryAt(capacityFactor: number | null) {
  const moe = capacityFactor === null ? mixtral.moe! : { ...mixtral.moe!, capacityFactor };
  const { value } = memoryPart(aDescribedRun({ model: { ...mixtral, moe }, gpuCount: 64 }));
  return { ...value!, activations: value!.items.find(({ id }) => id === 'activations')!.bytes };
}

test('experts with room for a quarter more have buffers of that size', () => {
  expect(memoryAt(1).activations).toBe(memoryAt(null).activations);
  expect(memoryAt(1.25).activations).toBeGreaterThan(1.05 * memoryAt(1).activations);
  expect(memoryAt(1.25).activations).toBeLessThan(1.25 * memoryAt(1).activations);
});

test('a stated capacity narrows the range: no expert takes more', () => {
  expect(memoryAt(1).highBytes).toBeLessThan(memoryAt(null).highBytes);
});
