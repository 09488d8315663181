import { expect, test } from 'vitest';
import { aContext, aPair, complaining, type RunParts } from '../../../../../test/support/a-run.ts';
import { beyondPositions } from './beyond-positions.ts';

const checked = complaining(beyondPositions);

/** A model of 4096 positions, and the tokens on line 7 of its config. */
function check(sequenceLength: number, stated: RunParts['stated'] = {}) {
  const head = {
    training: { sequenceLength },
    stated: {
      'model.max_position_embeddings': [4096, 3],
      'training.sequence_length': [sequenceLength, 7],
      ...stated,
    },
  } as const;
  return checked.checkPair(aPair({ head }), {}, aContext({}));
}

test('a sequence that is longer than the positions is complained of on its line, with both figures', () => {
  expect(check(8192)).toMatchObject([
    { place: { line: 7 }, message: expect.stringMatching(/8192 tokens .* 4096 positions/) as unknown },
  ]);
});

test('a sequence of as many tokens as there are positions is not', () => {
  expect(check(4096)).toEqual([]);
});

test.each<[string, NonNullable<RunParts['stated']>]>([
  ['positions that are stretched', { 'model.rope_scaling': [true, 4] }],
  ['biases by distance', { 'model.position_embedding': ['alibi', 4] }],
])('%s have no end', (_, stated) => {
  expect(check(8192, stated)).toEqual([]);
});

test('nothing is said where nobody states the positions', () => {
  const head = { training: { sequenceLength: 8192 }, stated: { 'training.sequence_length': [8192, 7] } } as const;
  expect(checked.checkPair(aPair({ head }), {}, aContext({}))).toEqual([]);
});
