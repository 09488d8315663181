import type { Tower } from '../../run/tower.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';

const internvl = modelFamily('internvl', { qkvBias: true });

/** InternVL3 (arXiv 2504.10479): Qwen2.5 behind InternViT. */
export const internvlModels: readonly CatalogModel[] = [
  internvl('OpenGVLab/InternVL3-14B', 15_117_256_704, 'recalled', [5120, 48, 40, 8, 128, 13824, 151674], {
    towers: [internVit(5120)],
  }),
  internvl('OpenGVLab/InternVL3-1B', 938_193_024, 'recalled', [896, 24, 14, 2, 64, 4864, 151674], {
    towers: [internVit(896)],
  }),
  internvl('OpenGVLab/InternVL3-2B', 2_088_957_440, 'recalled', [1536, 28, 12, 2, 128, 8960, 151674], {
    towers: [internVit(1536)],
  }),
  internvl('OpenGVLab/InternVL3-8B', 7_944_373_760, 'recalled', [3584, 28, 28, 4, 128, 18944, 151674], {
    towers: [internVit(3584)],
  }),
];

/** InternViT-300M at 448 pixels, with a scale on what each block adds; four patches become one token. */
function internVit(hiddenSize: number): Tower {
  return {
    name: 'vision',
    ...{ hiddenSize: 1024, numLayers: 24, numAttentionHeads: 16, intermediateSize: 4096, tokens: 1025 },
    finalNorm: false,
    otherLayerParameters: 2 * 1024,
    embeddingParameters: 3 * 14 ** 2 * 1024 + 1024 + 1024 + 1025 * 1024,
    projectorParameters: 2 * 4096 + 4096 * hiddenSize + hiddenSize + hiddenSize ** 2 + hiddenSize,
  };
}
