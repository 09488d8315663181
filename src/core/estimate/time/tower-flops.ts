import { attentionWidths } from '../../run/matrices.ts';
import type { Tower } from '../../run/tower.ts';
import { towerShape } from '../../run/tower-shape.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Training } from '../../run/training.ts';
import { positionsAtOnce, towerTokens } from '../tower-tokens.ts';
import { layerMatrixParameters } from './matrix-parameters.ts';

/**
 * Model FLOPs of all towers for one token of the decoder: 2 a weight and position forwards, attention over all positions of
 * an image without a causal half. Trained towers take three passes; a frozen one behind which nothing is trained only the
 * forward pass; an encoder under adapters two, since gradients pass through it.
 */
export function towerFlopsPerToken(model: ModelShape, training: Training): number {
  return (model.towers ?? []).reduce((sum, tower) => {
    const share = towerTokens(tower, training) / training.sequenceLength;
    const projector = 2 * (tower.projectorParameters ?? 0) * (tower.projectorFrozen === true ? 1 : 3);
    return sum + share * (passes(tower, training) * forwardFlops(tower, training) + projector);
  }, 0);
}

function passes({ name, frozen = false }: Tower, { method }: Training): number {
  if (method === 'full') return frozen ? 1 : 3;
  return name === 'encoder' ? 2 : 1;
}

function forwardFlops(tower: Tower, training: Training): number {
  const shape = towerShape(tower);
  const attention = 4 * attentionWidths(shape).query * positionsAtOnce(tower, training) * tower.numLayers;
  return 2 * layerMatrixParameters(shape) + attention;
}
