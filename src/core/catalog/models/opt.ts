import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const opt = modelFamily('opt', { ...gpt, tieWordEmbeddings: true, learnedPositions: 2050 });

/** OPT; two more position rows than positions, and a norm behind each block in 350M, whose embedding is narrower. */
export const optModels: readonly CatalogModel[] = [
  opt('facebook/opt-1.3b', 1_315_758_080, 'recalled', [2048, 24, 32, 32, 64, 8192, 50272]),
  opt('facebook/opt-125m', 125_239_296, 'recalled', [768, 12, 12, 12, 64, 3072, 50272]),
  opt('facebook/opt-13b', 12_853_473_280, 'recalled', [5120, 40, 40, 40, 128, 20480, 50272]),
  opt('facebook/opt-175b', 174_604_468_224, 'recalled', [12288, 96, 96, 96, 128, 49152, 50272]),
  opt('facebook/opt-2.7b', 2_651_596_800, 'recalled', [2560, 32, 32, 32, 80, 10240, 50272]),
  opt('facebook/opt-30b', 29_974_540_288, 'recalled', [7168, 48, 56, 56, 128, 28672, 50272]),
  opt('facebook/opt-350m', 331_196_416, 'recalled', [1024, 24, 16, 16, 64, 4096, 50272], {
    embeddingSize: 512,
    peculiarities: ['no-final-norm'],
  }),
  opt('facebook/opt-6.7b', 6_658_473_984, 'recalled', [4096, 32, 32, 32, 128, 16384, 50272]),
  opt('facebook/opt-66b', 65_719_701_504, 'recalled', [9216, 64, 72, 72, 128, 36864, 50272]),
  opt('facebook/opt-iml-1.3b', 1_315_758_080, 'recalled', [2048, 24, 32, 32, 64, 8192, 50272]),
  opt('facebook/opt-iml-30b', 29_974_540_288, 'recalled', [7168, 48, 56, 56, 128, 28672, 50272]),
  opt('facebook/opt-iml-max-1.3b', 1_315_758_080, 'recalled', [2048, 24, 32, 32, 64, 8192, 50272]),
  opt('facebook/opt-iml-max-30b', 29_974_540_288, 'recalled', [7168, 48, 56, 56, 128, 28672, 50272]),
];
