import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

const llama8B = 8_030_261_248;

function copiesOf(deviation: Deviation): number {
  const { items } = memoryPart(aDescribedRun(deviation)).value!;
  return items.find(({ id }) => id === 'model_copies')?.bytes ?? 0;
}

test('a moving average is one more fp32 copy, sharded like the weights', () => {
  expect(copiesOf({ training: { ema: true } })).toBe((4 * llama8B) / 8);
});

test('a reference model is one more bf16 copy; with adapters the base is the reference', () => {
  expect(copiesOf({ training: { referenceModel: true } })).toBe((2 * llama8B) / 8);
  const adapter = { rank: 8, targetModules: ['all-linear'], adapters: 1 };
  expect(copiesOf({ training: { referenceModel: true, method: 'lora', adapter } })).toBe(0);
});

test('a run without either has no further copy', () => {
  expect(copiesOf({})).toBe(0);
});
