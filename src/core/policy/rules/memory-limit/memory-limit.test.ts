import { describe, expect, test } from 'vitest';
import { aContext, aPair, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { gibibyte } from '../../../units/bytes.ts';
import { memoryLimit } from './memory-limit.ts';

const checked = complaining(memoryLimit);

function check(head: EstimatedRunParts, base: EstimatedRunParts | null = null) {
  return checked.checkPair(aPair({ base, head }), {}, aContext());
}

test.each([
  { head: { peakGib: 79, highGib: 79 }, says: [] },
  { head: { peakGib: 79.1 }, says: ['error'] },
  { head: { peakGib: 70, highGib: 79.1 }, says: ['warning'] },
  { head: { peakGib: Number.NaN }, says: ['error'] },
])('a run of $head gets $says', ({ head, says }) => {
  expect(check(head).map(({ level = 'error' }) => level)).toEqual(says);
});

describe('severity follows certainty:', () => {
  const zero3 = {
    field: 'parallelism.sharding',
    taken: 'if each GPU holds the whole model',
    otherwise: 'with ZeRO-3',
    peakBytes: 17.2 * gibibyte,
  } as const;

  test('a run that is over because of an assumption is warned of it, with the line that settles it', () => {
    expect(check({ peakGib: 85.4, readings: { assumed: [zero3], bestPeakBytes: zero3.peakBytes } })).toMatchObject([
      {
        level: 'warning',
        message:
          "Peak memory per GPU is 85.4 GiB if each GPU holds the whole model (assumed), 17.2 GiB with ZeRO-3. 79.0 GiB of 80.0 GiB are usable (the plan's GPU, A100-80GB).",
        action: "State parallelism.sharding in the config, its launcher or the policy's assumptions.",
      },
    ]);
  });

  test('a run that no reading saves is an error', () => {
    const assumed = [{ ...zero3, peakBytes: 80 * gibibyte }];
    expect(check({ peakGib: 85.4, readings: { assumed, bestPeakBytes: 80 * gibibyte } })[0]!.level).toBeUndefined();
  });

  test('assumptions that only together save it are all named', () => {
    const checkpointing = { ...zero3, field: 'training.activation_checkpointing', peakBytes: 82 * gibibyte } as const;
    const assumed = [{ ...zero3, peakBytes: 81 * gibibyte }, checkpointing];
    const [complaint] = check({ peakGib: 85.4, readings: { assumed, bestPeakBytes: 78 * gibibyte } });
    expect(complaint!.level).toBe('warning');
    expect(complaint!.action).toContain('parallelism.sharding or training.activation_checkpointing');
  });

  test('a run that only fits as assumed is warned of what would not fit', () => {
    const long = {
      ...zero3,
      field: 'training.sequence_length',
      otherwise: 'at 4,096 tokens',
      peakBytes: 90 * gibibyte,
    };
    const [complaint] = check({ peakGib: 60, readings: { assumed: [long as typeof zero3] } });
    expect(complaint).toMatchObject({ level: 'warning' });
    expect(complaint!.message).toContain('90.0 GiB at 4,096 tokens');
  });

  test('a limit within the range comes with its odds', () => {
    const [complaint] = check({ peakGib: 75, lowGib: 70, highGib: 85 });
    expect(complaint).toMatchObject({ level: 'warning' });
    expect(complaint!.message).toContain('about 1 in 4 such runs do not fit');
  });

  test('an allowance for fragmentation alone is no error', () => {
    const [complaint] = check({ peakGib: 82, lowGib: 75, highGib: 88, fragmentationGib: 4 });
    expect(complaint).toMatchObject({ level: 'warning' });
    expect(complaint!.message).toContain('about 3 in 4 such runs do not fit');
    expect(check({ peakGib: 84, lowGib: 80, highGib: 88, fragmentationGib: 4 })[0]!.level).toBeUndefined();
  });

  test('without a GPU nothing is red, and the smallest that would do are named', () => {
    const noGpu = { limitAssumed: { smallestGpus: ['L4', 'A10G'] } };
    expect(check({ peakGib: 96, ...noGpu })[0]!.level).toBe('warning');
    expect(check({ peakGib: 17, ...noGpu })).toMatchObject([
      {
        level: 'notice',
        message: expect.stringContaining('The smallest GPUs that hold it: L4, A10G.') as string,
        action: "State hardware.gpu in the config or in the policy's assumptions.",
      },
    ]);
  });

  test('a model alone has no memory, and memory that is unknown is no finding of this rule', () => {
    expect(check({ peakGib: null, subject: 'model' })).toEqual([]);
    const pair = aPair({ base: null, head: { peakGib: null } });
    expect(memoryLimit.checkPair(pair, {}, aContext())).toEqual([{ unknown: 'memoryBytes' }]);
  });
});

test('the more of its limit a run takes, the worse', () => {
  const badnessOf = (head: EstimatedRunParts) => check(head)[0]!.badness!;
  expect(badnessOf({ peakGib: 90.1 })).toBeGreaterThan(badnessOf({ peakGib: 90 }));
  expect(badnessOf({ peakGib: 90, limitGib: 39 })).toBeGreaterThan(badnessOf({ peakGib: 90 }));
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

test('one GPU is not told to divide the model', () => {
  const [complaint] = check({ peakGib: 96, gpus: 1, training: { activationCheckpointing: 'full' } });
  expect(complaint!.action).not.toContain('ZeRO-3');
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
  expect(checked.checkPair(aPair({ head: null }), {}, aContext())).toEqual([]);
});
