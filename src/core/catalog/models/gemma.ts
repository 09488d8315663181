import { modelFamily, type CatalogModel } from '../model-family.ts';

const gemma = modelFamily('gemma', { tieWordEmbeddings: true });
const gemma2 = modelFamily('gemma2', {
  tieWordEmbeddings: true,
  normsPerLayer: 4,
  peculiarities: ['softcapped-logits', 'softcapped-scores'],
});
const gemma3 = modelFamily('gemma3_text', { tieWordEmbeddings: true, normsPerLayer: 4, qkNorm: true });
const recurrentGemma = modelFamily('recurrent_gemma', {
  tieWordEmbeddings: true,
  attentionOutputBias: true,
  mlpBias: true,
});

/**
 * Gemma: heads of their own width; four norms a layer from Gemma 2 on, norms on query and key from Gemma 3 on. In
 * RecurrentGemma every third layer attends, and locally.
 */
export const gemmaModels: readonly CatalogModel[] = [
  gemma('google/codegemma-1.1-2b', 2_506_172_416, 'recalled', [2048, 18, 8, 1, 256, 16384, 256000]),
  gemma('google/codegemma-1.1-7b-it', 8_537_680_896, 'recalled', [3072, 28, 16, 16, 256, 24576, 256000]),
  gemma('google/codegemma-2b', 2_506_172_416, 'recalled', [2048, 18, 8, 1, 256, 16384, 256000]),
  gemma('google/codegemma-7b', 8_537_680_896, 'recalled', [3072, 28, 16, 16, 256, 24576, 256000]),
  gemma('google/gemma-1.1-2b-it', 2_506_172_416, 'recalled', [2048, 18, 8, 1, 256, 16384, 256000]),
  gemma('google/gemma-1.1-7b-it', 8_537_680_896, 'recalled', [3072, 28, 16, 16, 256, 24576, 256000]),
  gemma2('google/gemma-2-27b', 27_227_128_320, 'litgpt', [4608, 46, 32, 16, 128, 36864, 256000]),
  gemma2('google/gemma-2-27b-it', 27_227_128_320, 'litgpt', [4608, 46, 32, 16, 128, 36864, 256000]),
  gemma2('google/gemma-2-2b', 2_614_341_888, 'recalled', [2304, 26, 8, 4, 256, 9216, 256000]),
  gemma2('google/gemma-2-2b-it', 2_614_341_888, 'recalled', [2304, 26, 8, 4, 256, 9216, 256000]),
  gemma2('google/gemma-2-9b', 9_241_705_984, 'litgpt', [3584, 42, 16, 8, 256, 14336, 256000]),
  gemma2('google/gemma-2-9b-it', 9_241_705_984, 'litgpt', [3584, 42, 16, 8, 256, 14336, 256000]),
  gemma('google/gemma-2b', 2_506_172_416, 'litgpt', [2048, 18, 8, 1, 256, 16384, 256000]),
  gemma('google/gemma-2b-it', 2_506_172_416, 'litgpt', [2048, 18, 8, 1, 256, 16384, 256000]),
  gemma3('google/gemma-3-1b-it', 999_885_952, 'litgpt', [1152, 26, 4, 1, 256, 6912, 262144]),
  gemma3('google/gemma-3-1b-pt', 999_885_952, 'recalled', [1152, 26, 4, 1, 256, 6912, 262144]),
  gemma3('google/gemma-3-270m', 268_098_176, 'recalled', [640, 18, 4, 1, 256, 2048, 262144]),
  gemma3('google/gemma-3-270m-it', 268_098_176, 'recalled', [640, 18, 4, 1, 256, 2048, 262144]),
  gemma('google/gemma-7b', 8_537_680_896, 'litgpt', [3072, 28, 16, 16, 256, 24576, 256000]),
  gemma('google/gemma-7b-it', 8_537_680_896, 'litgpt', [3072, 28, 16, 16, 256, 24576, 256000]),
  gemma3('google/medgemma-27b-text-it', 27_009_002_240, 'recalled', [5376, 62, 32, 16, 128, 21504, 262144]),
  recurrentGemma('google/recurrentgemma-2b', 2_682_862_080, 'recalled', [2560, 26, 10, 1, 256, 7680, 256000], {
    gatedRecurrence: { width: 2560, convKernel: 4, numHeads: 10 },
    layers: [
      { count: 18, mixers: ['gated_recurrence'] },
      { count: 8, attendsTo: 2048 },
    ],
  }),
  recurrentGemma('google/recurrentgemma-9b', 8_579_977_216, 'recalled', [4096, 38, 16, 1, 256, 12288, 256000], {
    gatedRecurrence: { width: 4096, convKernel: 4, numHeads: 16 },
    layers: [
      { count: 26, mixers: ['gated_recurrence'] },
      { count: 12, attendsTo: 2048 },
    ],
  }),
  gemma2('google/shieldgemma-27b', 27_227_128_320, 'recalled', [4608, 46, 32, 16, 128, 36864, 256000]),
  gemma2('google/shieldgemma-2b', 2_614_341_888, 'recalled', [2304, 26, 8, 4, 256, 9216, 256000]),
  gemma2('google/shieldgemma-9b', 9_241_705_984, 'recalled', [3584, 42, 16, 8, 256, 14336, 256000]),
  gemma('HuggingFaceH4/zephyr-7b-gemma-v0.1', 8_537_680_896, 'recalled', [3072, 28, 16, 16, 256, 24576, 256000]),
];
