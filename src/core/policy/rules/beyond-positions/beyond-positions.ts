import { z } from 'zod';
import { positionsBeyond } from '../../../run/positions-beyond.ts';
import { lineOf } from '../../cause.ts';
import { defineRule } from '../../rule.ts';

export const beyondPositions = defineRule({
  name: 'beyond-positions',
  summary: 'Sequences are no longer than the rotary positions of the model, unless these are stretched.',
  level: 'warning',
  options: z.strictObject({}),
  checkPair(pair) {
    if (pair.head === null) return [];
    const { facts, training } = pair.head.run;
    const positions = positionsBeyond(facts, training.sequenceLength);
    if (positions === null) return [];
    return [
      {
        badness: training.sequenceLength,
        place: lineOf(pair, ['training.sequence_length', 'model.max_position_embeddings']),
        message: `Sequences of ${training.sequenceLength} tokens are longer than the ${positions} positions of the model, and no rope scaling is stated.`,
        action: `Train on at most ${positions} tokens, or state how the positions are stretched (rope scaling).`,
      },
    ];
  },
});
