import { towerShape } from '../../run/tower-shape.ts';
import type { Tower } from '../../run/tower.ts';
import type { LineItem } from '../line-item.ts';
import { positionsAtOnce, towerTokens } from '../tower-tokens.ts';
import { keptPerToken } from './activations.ts';
import { layerActivations } from './layer-activations.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What encoder, vision and audio towers keep for the backward pass, on the stage with the embedding: as much a position
 * as layers of their shape keep, until the decoder has gone backwards. A frozen tower has nothing trained below it and
 * keeps nothing; neither does one that adapters leave alone.
 */
export function towerActivations(snapshot: Snapshot): LineItem {
  const { model, gpu } = snapshot;
  const towers = gpu.stage === 'last' ? [] : (model.towers ?? []).filter((tower) => hasGradients(tower, snapshot));
  const parts = towers.map((tower) => partOf(tower, snapshot));
  return {
    id: 'tower_activations',
    label: 'Encoder and tower activations',
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    formula: '(k·L + r)·T',
    quantities: parts.flatMap(({ quantities }) => quantities),
    source:
      'saved tensors by operator, as of the decoder; ViT, arXiv 2010.11929 §3.1; encoder-decoder, 1706.03762 §3.1',
  };
}

/** Adapters sit in the decoder and in the encoder of text, not in what sees or hears. */
function hasGradients({ name, frozen }: Tower, { training }: Snapshot): boolean {
  return training.method === 'full' ? frozen !== true : name === 'encoder';
}

function partOf(tower: Tower, snapshot: Snapshot): Pick<LineItem, 'bytes' | 'quantities'> {
  const { training, parallelism, circumstances, gpu, phase, numerics } = snapshot;
  const layer = layerActivations({
    model: towerShape(tower),
    training: { ...training, sequenceLength: positionsAtOnce(tower, training), frozenDecoder: false },
    circumstances,
    tensor: parallelism.tensor,
    sequenceParallel: false,
    numerics,
    hasExperts: false,
  });
  const sequences = (gpu.tokens * parallelism.context) / training.sequenceLength;
  const tokens = (sequences * towerTokens(tower, training)) / parallelism.context;
  const kept = keptPerToken(snapshot, layer);
  const live = training.activationCheckpointing === 'none' ? 0 : layer.all;
  const perToken = {
    forward: kept * tower.numLayers,
    loss: kept * tower.numLayers,
    backward: kept * tower.numLayers,
    'end-of-backward': live,
    'optimizer-step': 0,
  }[phase];
  return {
    bytes: perToken * tokens,
    quantities: [
      ['k', phase === 'end-of-backward' ? 0 : kept],
      ['L', tower.numLayers],
      ['r', phase === 'end-of-backward' ? live : 0],
      ['T', tokens],
    ],
  };
}
