import type { Tower } from '../run/tower.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Training } from '../run/training.ts';

/** Positions of an image or clip whose size no config fixes: a megapixel in patches of 16 by 16. */
export const assumedPositions = 4096;

/** Positions that a tower works on at once: one image or clip, or the text of an encoder. */
export function positionsAtOnce(tower: Tower, training: Training): number {
  const ofText = training.encoderSequenceLength ?? training.sequenceLength;
  return tower.tokens ?? (tower.name === 'encoder' ? ofText : assumedPositions);
}

/** Positions that a tower works on for one sequence of the decoder. */
export function towerTokens(tower: Tower, training: Training): number {
  return positionsAtOnce(tower, training) * (tower.inputsPerSequence ?? 1);
}

/** Positions that cross attention reads for one sequence: those of all towers. */
export function sourceTokens(model: ModelShape, training: Training): number {
  return (model.towers ?? []).reduce((sum, tower) => sum + towerTokens(tower, training), 0);
}
