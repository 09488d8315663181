import type { Tower } from '../../run/tower.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';
import { siglip400m, siglipTower } from '../siglip.ts';

const idefics3 = modelFamily('idefics3', {});

/** SmolVLM (arXiv 2504.05299): SmolLM2 behind SigLIP, whose patches are shuffled into fewer tokens. */
export const smolvlmModels: readonly CatalogModel[] = [
  idefics3(
    ['HuggingFaceTB/SmolVLM-256M-Instruct', 'HuggingFaceTB/SmolVLM2-256M-Video-Instruct'],
    256_484_928,
    'recalled',
    [576, 30, 9, 3, 64, 1536, 49280],
    {
      towers: [siglipBase(576)],
    },
  ),
  idefics3(
    ['HuggingFaceTB/SmolVLM-500M-Instruct', 'HuggingFaceTB/SmolVLM2-500M-Video-Instruct'],
    507_482_304,
    'recalled',
    [960, 32, 15, 5, 64, 2560, 49280],
    {
      towers: [siglipBase(960)],
    },
  ),
  idefics3('HuggingFaceTB/SmolVLM-Instruct', 2_246_272_880, 'recalled', [2048, 24, 32, 32, 64, 8192, 49155], {
    towers: [siglipShuffled(2048)],
  }),
  idefics3('HuggingFaceTB/SmolVLM2-2.2B-Instruct', 2_246_784_880, 'recalled', [2048, 24, 32, 32, 64, 8192, 49280], {
    towers: [siglipShuffled(2048)],
  }),
];

/** The base SigLIP; four by four patches become one token. */
function siglipBase(hiddenSize: number): Tower {
  const sizes = { hiddenSize: 768, numLayers: 12, numAttentionHeads: 12, intermediateSize: 3072 };
  return siglipTower({ ...sizes, patchPixels: 16, imagePixels: 512 }, 4 ** 2 * 768 * hiddenSize);
}

/** Three by three patches become one token. */
function siglipShuffled(hiddenSize: number): Tower {
  return siglipTower(siglip400m(384), 3 ** 2 * 1152 * hiddenSize);
}
