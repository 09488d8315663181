import { modelFamily, type CatalogModel } from '../model-family.ts';

const exaone3 = modelFamily('llama', {});
const exaone = modelFamily('exaone4', { qkNorm: true });

/** EXAONE: 3 and Deep are of Llama architecture. */
export const exaoneModels: readonly CatalogModel[] = [
  exaone3('LGAI-EXAONE/EXAONE-3.0-7.8B-Instruct', 7_818_448_896, 'recalled', [4096, 32, 32, 8, 128, 14336, 102400]),
  exaone3(
    ['LGAI-EXAONE/EXAONE-3.5-2.4B-Instruct', 'LGAI-EXAONE/EXAONE-Deep-2.4B'],
    2_405_327_360,
    'recalled',
    [2560, 30, 32, 8, 80, 7168, 102400],
    {
      tieWordEmbeddings: true,
    },
  ),
  exaone3('LGAI-EXAONE/EXAONE-3.5-32B-Instruct', 32_003_200_000, 'recalled', [5120, 64, 40, 8, 128, 27392, 102400]),
  exaone3('LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct', 7_818_448_896, 'recalled', [4096, 32, 32, 8, 128, 14336, 102400]),
  exaone('LGAI-EXAONE/EXAONE-4.0-1.2B', 1_279_391_488, 'recalled', [2048, 30, 32, 8, 64, 4096, 102400], {
    tieWordEmbeddings: true,
  }),
  exaone('LGAI-EXAONE/EXAONE-4.0-32B', 32_003_216_384, 'recalled', [5120, 64, 40, 8, 128, 27392, 102400]),
  exaone3('LGAI-EXAONE/EXAONE-Deep-32B', 32_003_200_000, 'recalled', [5120, 64, 40, 8, 128, 27392, 102400]),
  exaone3('LGAI-EXAONE/EXAONE-Deep-7.8B', 7_818_448_896, 'recalled', [4096, 32, 32, 8, 128, 14336, 102400]),
];
