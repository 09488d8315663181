import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const starcoder = modelFamily('gpt_bigcode', { ...gpt, tieWordEmbeddings: true, learnedPositions: 8192 });
const starcoder2 = modelFamily('starcoder2', { ...gpt, tieWordEmbeddings: true });

/** StarCoder, with learned positions, and StarCoder2. */
export const starcoderModels: readonly CatalogModel[] = [
  starcoder('bigcode/starcoder', 15_517_456_384, 'recalled', [6144, 40, 48, 1, 128, 24576, 49152]),
  starcoder2('bigcode/starcoder2-15b', 15_957_889_024, 'recalled', [6144, 40, 48, 4, 128, 24576, 49152], {
    tieWordEmbeddings: false,
  }),
  starcoder2('bigcode/starcoder2-3b', 3_030_371_328, 'recalled', [3072, 30, 24, 2, 128, 12288, 49152]),
  starcoder2('bigcode/starcoder2-7b', 7_173_923_840, 'recalled', [4608, 32, 36, 4, 128, 18432, 49152]),
  starcoder('bigcode/starcoderbase', 15_517_456_384, 'recalled', [6144, 40, 48, 1, 128, 24576, 49152]),
];
