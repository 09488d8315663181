import { describe, expect, test } from 'vitest';
import { aContext, aPair, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { memoryLimit } from './memory-limit.ts';

function check(head: EstimatedRunParts, base: EstimatedRunParts | null = null) {
  return memoryLimit.checkPair(aPair({ base, head }), {}, aContext());
}

test.each([
  { head: { peakGib: 79, highGib: 79 }, says: [] },
  { head: { peakGib: 79.1 }, says: ['error'] },
  { head: { peakGib: 70, highGib: 79.1 }, says: ['warning'] },
  { head: { peakGib: null }, says: ['error'] },
  { head: { peakGib: 10, limitGib: null }, says: ['error'] },
  { head: { peakGib: Number.NaN }, says: ['error'] },
])('a run of $head gets $says', ({ head, says }) => {
  expect(check(head).map(({ level = 'error' }) => level)).toEqual(says);
});

describe('a config that was over the limit before', () => {
  test.each([
    { head: { peakGib: 90 }, level: 'warning', what: 'is only warned of when it stays' },
    { head: { peakGib: 85 }, level: 'warning', what: 'is only warned of when it shrinks' },
    { head: { peakGib: 90.1 }, level: undefined, what: 'is an error when it grows' },
    { head: { peakGib: 90, limitGib: 39 }, level: undefined, what: 'is an error when it moves to a smaller GPU' },
    { head: { peakGib: null }, level: undefined, what: 'is an error when its memory becomes unknown' },
  ])('$what', ({ head, level }) => {
    expect(check(head, { peakGib: 90 })[0]!.level).toBe(level);
  });

  test('excuses nothing when it was within the limit', () => {
    expect(check({ peakGib: 80 }, { peakGib: 78 })[0]!.level).toBeUndefined();
  });
});

test('the message names peak, excess and limit, the action what the run does not do yet', () => {
  const [complaint] = check({ peakGib: 96.3, training: { microBatchSize: 32 } });
  expect(complaint!.message).toBe(
    "Peak memory per GPU is 96.3 GiB, 17.3 GiB over the 79.0 GiB usable of 80.0 GiB (the plan's GPU, A100-80GB).",
  );
  expect(complaint!.action).toBe(
    'Turn on activation checkpointing, or lower the micro batch size (32), or shard the model over the GPUs (ZeRO-3, FSDP).',
  );
});

test('a run that can only be split further is told so', () => {
  const training = { activationCheckpointing: 'full', microBatchSize: 1, fusedLoss: true } as const;
  const [complaint] = check({ peakGib: 96, training, parallelism: { sharding: 'zero3' } });
  expect(complaint!.action).toBe('Use more tensor or pipeline parallelism.');
});

test('unknown memory says what is missing', () => {
  const unknown = [
    { field: 'parameters', reason: 'the catalog does not know the model acme/x.' },
    { field: 'compute.tokens', reason: 'nothing says how long it trains' },
  ];
  const [complaint] = check({ peakGib: null, unknown });
  expect(complaint!.message).toBe("Peak memory per GPU can't be known: the catalog does not know the model acme/x.");
});

test('lands on the line that the pull request changed', () => {
  const stated = (size: number) => ({
    'model.hidden_size': [2048, 4] as const,
    'training.micro_batch_size': [size, 12] as const,
  });
  expect(check({ peakGib: 90, stated: stated(32) }, { stated: stated(8) })[0]!.place.line).toBe(12);
  expect(check({ peakGib: 90, stated: stated(32) })[0]!.place.line).toBe(4);
});

test('a deleted config has no memory to limit', () => {
  expect(memoryLimit.checkPair(aPair({ head: null }), {}, aContext())).toEqual([]);
});
