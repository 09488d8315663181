import type { Tower } from '../../../run/tower.ts';
import type { HubConfig } from '../hub-config.ts';
import { patchesOf, sizesOf } from './vision-sizes.ts';

/**
 * Tiles of an image with gated embeddings of position and tile; local layers, then global ones with two gates each (arXiv
 * 2407.21783 §7.1; MllamaVisionModel).
 */
export function mllamaVision(config: HubConfig): Tower | null {
  const sizes = sizesOf(config);
  const patches = patchesOf(config);
  const patch = config.count('patch_size');
  const globals = config.count('num_global_layers');
  if (sizes === null || patches === null || patch === null || globals === null) return null;
  const { hiddenSize: h, numLayers } = sizes;
  const tiles = config.count('max_num_tiles') ?? 4;
  const ratios = (config.maps('supported_aspect_ratios') ?? Array.from({ length: 8 })).length + 1;
  const positions = patches + 1;
  const layers = numLayers + globals;
  return {
    name: 'vision',
    ...sizes,
    numLayers: layers,
    attentionBias: false,
    embeddingParameters:
      3 * patch ** 2 * h +
      h +
      // Positions and their gate, tiles of all positions; tiles in front and behind with their gates; two norms, one of them the tower's own.
      (1 + positions * h + ratios * tiles * positions * h) +
      2 * (1 + ratios * tiles * h) +
      2 * h +
      2 * globals,
    tokens: positions * tiles,
  };
}
