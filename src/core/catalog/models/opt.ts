import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const opt = modelFamily('opt', { ...gpt, tieWordEmbeddings: true, learnedPositions: 2050 });

/** OPT; two more position rows than positions. */
export const optModels: readonly CatalogModel[] = [
  opt('facebook/opt-1.3b', 1_315_758_080, 'recalled', [2048, 24, 32, 32, 64, 8192, 50272]),
  opt('facebook/opt-125m', 125_239_296, 'recalled', [768, 12, 12, 12, 64, 3072, 50272]),
  opt('facebook/opt-175b', 174_604_468_224, 'recalled', [12288, 96, 96, 96, 128, 49152, 50272]),
  opt('facebook/opt-2.7b', 2_651_596_800, 'recalled', [2560, 32, 32, 32, 80, 10240, 50272]),
  opt('facebook/opt-30b', 29_974_540_288, 'recalled', [7168, 48, 56, 56, 128, 28672, 50272]),
  opt('facebook/opt-6.7b', 6_658_473_984, 'recalled', [4096, 32, 32, 32, 128, 16384, 50272]),
];
