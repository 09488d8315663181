import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const starcoder = modelFamily('gpt_bigcode', { ...gpt, tieWordEmbeddings: true, learnedPositions: 8192 });
const starcoder2 = modelFamily('starcoder2', { ...gpt, tieWordEmbeddings: true });

/** SantaCoder, StarCoder and Granite 20B, with learned positions, and StarCoder2. */
export const starcoderModels: readonly CatalogModel[] = [
  starcoder('bigcode/gpt_bigcode-santacoder', 1_124_886_528, 'recalled', [2048, 24, 16, 1, 128, 8192, 49280], {
    learnedPositions: 2048,
  }),
  starcoder('bigcode/starcoder', 15_517_456_384, 'recalled', [6144, 40, 48, 1, 128, 24576, 49152]),
  starcoder2(
    ['bigcode/starcoder2-15b', 'HuggingFaceH4/starchat2-15b-sft-v0.1', 'HuggingFaceH4/starchat2-15b-v0.1'],
    15_957_889_024,
    'recalled',
    [6144, 40, 48, 4, 128, 24576, 49152],
    {
      tieWordEmbeddings: false,
    },
  ),
  starcoder2('bigcode/starcoder2-3b', 3_030_371_328, 'recalled', [3072, 30, 24, 2, 128, 12288, 49152]),
  starcoder2('bigcode/starcoder2-7b', 7_173_923_840, 'recalled', [4608, 32, 36, 4, 128, 18432, 49152]),
  starcoder('bigcode/starcoderbase', 15_517_456_384, 'recalled', [6144, 40, 48, 1, 128, 24576, 49152]),
  starcoder('bigcode/starcoderbase-1b', 1_137_207_296, 'recalled', [2048, 24, 16, 1, 128, 8192, 49152]),
  starcoder('bigcode/starcoderbase-3b', 3_043_311_104, 'recalled', [2816, 36, 22, 1, 128, 11264, 49152]),
  starcoder('bigcode/starcoderbase-7b', 7_327_263_232, 'recalled', [4096, 42, 32, 1, 128, 16384, 49152]),
  starcoder('bigcode/starcoderplus', 15_517_456_384, 'recalled', [6144, 40, 48, 1, 128, 24576, 49152]),
  starcoder('ibm-granite/granite-20b-code-base', 20_066_993_152, 'recalled', [6144, 52, 48, 1, 128, 24576, 49152]),
];
