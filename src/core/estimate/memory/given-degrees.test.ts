// Degrees and counts that a config gives where the trainer would take its own.
import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

function bytesOf(deviation: Deviation, id: string): number {
  return memoryPart(aDescribedRun(deviation)).value!.items.find((item) => item.id === id)?.bytes ?? 0;
}

test('hybrid sharding divides over as many ranks as the config says, eight if it says nothing', () => {
  const states = (shardRanks?: number): number =>
    bytesOf(
      { gpuCount: 64, parallelism: { sharding: 'hsdp', ...(shardRanks === undefined ? {} : { shardRanks }) } },
      'optimizer_states',
    );
  expect(states(16)).toBe(states() / 2);
  expect(states(8)).toBe(states());
});

test('without loss parallelism every tensor rank holds all logits, 12 bytes each in place of 16 of its own', () => {
  const logits = (lossParallel?: boolean): number =>
    bytesOf({ parallelism: { tensor: 4, ...(lossParallel === undefined ? {} : { lossParallel }) } }, 'logits_and_loss');
  expect(logits(false)).toBe((12 / 16) * 4 * logits());
});

test('block recomputation recomputes the first layers of each chunk and keeps the others whole', () => {
  const kept = (recomputeLayers?: number): number =>
    bytesOf(
      {
        training: {
          trainer: 'megatron-lm',
          activationCheckpointing: 'full',
          ...(recomputeLayers === undefined ? {} : { recomputeLayers }),
        },
        parallelism: { sharding: 'none' },
      },
      'activations',
    );
  const none = bytesOf({ training: { trainer: 'megatron-lm' }, parallelism: { sharding: 'none' } }, 'activations');
  // 8 of 32 layers keep their input, 2h = 8192 bytes a token, in place of 139,392.
  expect(kept(8)).toBeGreaterThan(0.75 * none);
  expect(kept(8) - kept(16)).toBe(8 * (139_392 - 8192) * 8192);
  expect(kept(32)).toBe(kept());
});
