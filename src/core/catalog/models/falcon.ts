import { modelFamily, type CatalogModel } from '../model-family.ts';

const falcon3 = modelFamily('llama', {});
const falcon = modelFamily('falcon', { gatedMlp: false, norm: 'layernorm', tieWordEmbeddings: true });

/**
 * Falcon: 7B has one norm before attention and MLP side by side, 40B and 180B two; Falcon 3 is of Llama architecture.
 */
export const falconModels: readonly CatalogModel[] = [
  falcon('tiiuae/falcon-11B', 11_102_822_400, 'recalled', [4096, 60, 32, 8, 128, 16384, 65024], {
    normsPerLayer: 1,
    tieWordEmbeddings: false,
  }),
  falcon('tiiuae/falcon-180B', 178_557_088_768, 'litgpt', [14848, 80, 232, 8, 64, 59392, 65024]),
  falcon('tiiuae/falcon-180B-chat', 178_557_088_768, 'litgpt', [14848, 80, 232, 8, 64, 59392, 65024]),
  falcon('tiiuae/falcon-40b', 41_303_293_952, 'litgpt', [8192, 60, 128, 8, 64, 32768, 65024]),
  falcon('tiiuae/falcon-40b-instruct', 41_303_293_952, 'litgpt', [8192, 60, 128, 8, 64, 32768, 65024]),
  falcon(
    ['tiiuae/falcon-7b', 'tiiuae/falcon-7b-instruct'],
    6_921_720_704,
    'litgpt',
    [4544, 32, 71, 1, 64, 18176, 65024],
    { normsPerLayer: 1 },
  ),
  falcon('tiiuae/falcon-rw-1b', 1_311_625_216, 'recalled', [2048, 24, 32, 32, 64, 8192, 50304], {
    qkvBias: true,
    attentionOutputBias: true,
    mlpBias: true,
  }),
  falcon3('tiiuae/Falcon3-10B-Base', 10_305_653_760, 'litgpt', [3072, 40, 12, 4, 256, 23040, 131072]),
  falcon3('tiiuae/Falcon3-10B-Instruct', 10_305_653_760, 'recalled', [3072, 40, 12, 4, 256, 23040, 131072]),
  falcon3('tiiuae/Falcon3-1B-Base', 1_669_408_768, 'litgpt', [2048, 18, 8, 4, 256, 8192, 131072]),
  falcon3('tiiuae/Falcon3-1B-Instruct', 1_669_408_768, 'litgpt', [2048, 18, 8, 4, 256, 8192, 131072]),
  falcon3('tiiuae/Falcon3-3B-Base', 3_227_655_168, 'recalled', [3072, 22, 12, 4, 256, 9216, 131072]),
  falcon3('tiiuae/Falcon3-3B-Instruct', 3_227_655_168, 'litgpt', [3072, 22, 12, 4, 256, 9216, 131072]),
  falcon3('tiiuae/Falcon3-7B-Base', 7_455_550_464, 'litgpt', [3072, 28, 12, 4, 256, 23040, 131072]),
  falcon3('tiiuae/Falcon3-7B-Instruct', 7_455_550_464, 'litgpt', [3072, 28, 12, 4, 256, 23040, 131072]),
];
