import type { Tower } from '../../run/tower.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';
import { siglip400m, siglipTower } from '../siglip.ts';

const paligemma = modelFamily('paligemma', { tieWordEmbeddings: true });
const paligemma2 = modelFamily('paligemma', { tieWordEmbeddings: true, normsPerLayer: 4 });

/** PaliGemma (arXiv 2407.07726) and PaliGemma 2 (2412.03555): Gemma behind SigLIP. */
export const paligemmaModels: readonly CatalogModel[] = [
  paligemma(
    ['google/paligemma-3b-mix-224', 'google/paligemma-3b-pt-224'],
    2_923_466_480,
    'recalled',
    [2048, 18, 8, 1, 256, 16384, 257216],
    {
      towers: [siglip(2048, 224)],
    },
  ),
  paligemma(
    ['google/paligemma-3b-mix-448', 'google/paligemma-3b-pt-448'],
    2_924_351_216,
    'recalled',
    [2048, 18, 8, 1, 256, 16384, 257216],
    {
      towers: [siglip(2048, 448)],
    },
  ),
  paligemma('google/paligemma-3b-pt-896', 2_927_890_160, 'recalled', [2048, 18, 8, 1, 256, 16384, 257216], {
    towers: [siglip(2048, 896)],
  }),
  paligemma2('google/paligemma2-10b-pt-224', 9_662_409_456, 'recalled', [3584, 42, 16, 8, 256, 14336, 257152], {
    towers: [siglip(3584, 224)],
  }),
  paligemma2('google/paligemma2-3b-pt-224', 3_032_242_416, 'recalled', [2304, 26, 8, 4, 256, 9216, 257216], {
    towers: [siglip(2304, 224)],
  }),
  paligemma2('google/paligemma2-3b-pt-448', 3_033_127_152, 'recalled', [2304, 26, 8, 4, 256, 9216, 257216], {
    towers: [siglip(2304, 448)],
  }),
  paligemma2('google/paligemma2-3b-pt-896', 3_036_666_096, 'recalled', [2304, 26, 8, 4, 256, 9216, 257216], {
    towers: [siglip(2304, 896)],
  }),
];

/** One matrix between the two. */
function siglip(hiddenSize: number, imagePixels: number): Tower {
  return siglipTower(siglip400m(imagePixels), 1152 * hiddenSize + hiddenSize);
}
