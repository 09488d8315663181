import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

function bytesOf(id: string, training: Deviation['training']): number {
  const run = aDescribedRun({
    model: 'meta-llama/Llama-2-7b-hf',
    training: { trainer: 'megatron-lm', fusedLoss: true, ...training },
  });
  return memoryPart(run).value!.items.find((item) => item.id === id)?.bytes ?? 0;
}

test('of layers recomputed in twos, half the inputs are kept and two layers are live', () => {
  const activations = (checkpointLayers: number): number =>
    bytesOf('activations', { activationCheckpointing: 'full', checkpointLayers });
  const input = 2 * 4096 * 8192;
  const layer = (8 * 4096 + 8 * 4096 + 4 * 32 + 6 * 11_008) * 8192;
  expect(activations(2) - activations(1)).toBeCloseTo(layer - 16 * input, -3);
});

test('where every second layer is recomputed, the others keep everything', () => {
  const none = bytesOf('activations', { activationCheckpointing: 'none' });
  const every = (checkpointLayers: number): number =>
    bytesOf('activations', { activationCheckpointing: 'selective', checkpointLayers });
  expect(every(2)).toBeLessThan(0.6 * none);
  expect(every(4)).toBeGreaterThan(every(2));
});

test('a chosen and a rejected sequence take twice the activations', () => {
  const single = bytesOf('activations', { activationCheckpointing: 'none' });
  expect(bytesOf('activations', { activationCheckpointing: 'none', pairedSamples: true })).toBeCloseTo(2 * single, -3);
});

test('with the optimizer in the backward pass only the largest gradient lives', () => {
  const kept = bytesOf('gradients', { optimizerInBackward: false });
  expect(bytesOf('gradients', { optimizerInBackward: true })).toBeLessThan(kept / 10);
});
