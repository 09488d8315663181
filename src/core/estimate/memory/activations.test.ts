import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Training } from '../../run/training.ts';
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

test("a kernel that writes the gradients of gate and up over these needs one tensor less; Unsloth's keeps no product", () => {
  const long: Deviation = { model: 'meta-llama/Llama-3.1-8B', gpuCount: 1, parallelism: { sharding: 'none' } };
  const at = (training: Partial<Training>): number => {
    const { timeline } = memoryPart(
      aDescribedRun({ ...long, training: { sequenceLength: 100_000, activationCheckpointing: 'full', ...training } }),
    ).value!;
    const backward = timeline.find(({ moment }) => moment === 'backward')!;
    return backward.items.find(({ id }) => id === 'activations')!.bytes / 100_000;
  };
  const adapter = { rank: 8, targetModules: ['q_proj', 'down_proj'], adapters: 1, dtype: null };
  const lora = { method: 'lora', adapter } as const;
  const compiledAway = at({ trainer: 'huggingface', fusedKernels: true });
  expect(compiledAway - at({ trainer: 'huggingface', fusedLoss: true, fusedKernels: true })).toBeCloseTo(2 * 14_336, 5);
  const less = at({ trainer: 'huggingface', ...lora, fusedKernels: true }) - at({ trainer: 'unsloth', ...lora });
  expect(less).toBeCloseTo(2 * 2 * 14_336, 5);
});
