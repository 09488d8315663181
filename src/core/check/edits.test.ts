import { describe, expect, test } from 'vitest';
import { change, evaluate, large } from '../../../test/support/a-pull-request.ts';

describe('the edits of a config', () => {
  const edit = (text: string, edits: Readonly<Record<string, string>>) =>
    Object.entries(edits).reduce((edited, [from, to]) => edited.replace(from, to), text);
  const edited = edit(large, {
    'micro_batch_size: 32': 'micro_batch_size: 40',
    'samples: 100M': 'samples: 300M',
    'checkpoint_every: 10%': 'checkpoint_every: 5%',
  });

  test('are named as they are written, at their lines', () => {
    const [pair] = evaluate([change('configs/large.yaml', large, edited)]).pairs;
    const lineOf = (text: string) => edited.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(pair?.edits.map(({ key, from, to, place }) => [key, from, to, place.line])).toEqual([
      ['checkpoint_every', '10%', '5%', lineOf('checkpoint_every')],
      ['micro_batch_size', '32', '40', lineOf('micro_batch_size')],
      ['samples', '100M', '300M', lineOf('samples')],
    ]);
  });

  test('say what each does, and add up to the difference', () => {
    const [pair] = evaluate([change('configs/large.yaml', large, edited)]).pairs;
    const { memory, cost } = pair!.head!.estimate;
    const shares = pair!.edits.map(({ share }) => share);
    const sum = (figure: 'memoryBytes' | 'costUsd') => shares.reduce((total, share) => total + share[figure]!, 0);
    expect(sum('memoryBytes')).toBeCloseTo(memory!.peakBytes - pair!.base!.estimate.memory!.peakBytes, 0);
    expect(sum('costUsd')).toBeCloseTo(cost!.usd! - pair!.base!.estimate.cost!.usd!, 3);
    expect(shares.map(({ memoryBytes }) => memoryBytes! > 0)).toEqual([false, true, false]);
  });

  test('are none where a comment or a line is all that changes, or the config is new', () => {
    expect(evaluate([change('a.yaml', large, `# a word\n${large}`)]).pairs[0]?.edits).toEqual([]);
    expect(evaluate([change('a.yaml', null, large)]).pairs[0]?.edits).toEqual([]);
  });
});
