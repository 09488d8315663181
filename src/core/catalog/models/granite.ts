import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const granite = modelFamily('granite', { tieWordEmbeddings: true });
const graniteMoe = modelFamily('granitemoe', { tieWordEmbeddings: true });
const graniteCode = modelFamily('llama', {
  tieWordEmbeddings: true,
  qkvBias: true,
  attentionOutputBias: true,
  mlpBias: true,
});

/** Granite 3 and 4: Llama architecture, tied; Granite Code with biases. */
export const graniteModels: readonly CatalogModel[] = [
  graniteMoe(
    ['ibm-granite/granite-3.0-1b-a400m-base', 'ibm-granite/granite-3.1-1b-a400m-base'],
    1_334_628_352,
    'recalled',
    [1024, 24, 16, 8, 64, 512, 49155],
    {
      moe: experts(32, 8, 512, 24),
    },
  ),
  granite('ibm-granite/granite-3.0-2b-base', 2_533_531_648, 'recalled', [2048, 40, 32, 8, 64, 8192, 49155]),
  granite('ibm-granite/granite-3.0-2b-instruct', 2_533_531_648, 'recalled', [2048, 40, 32, 8, 64, 8192, 49155]),
  graniteMoe(
    ['ibm-granite/granite-3.0-3b-a800m-base', 'ibm-granite/granite-3.1-3b-a800m-base'],
    3_298_793_472,
    'recalled',
    [1536, 32, 24, 8, 64, 512, 49155],
    {
      moe: experts(40, 8, 512, 32),
    },
  ),
  granite('ibm-granite/granite-3.0-8b-base', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.0-8b-instruct', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.1-2b-base', 2_533_531_648, 'recalled', [2048, 40, 32, 8, 64, 8192, 49155]),
  granite('ibm-granite/granite-3.1-2b-instruct', 2_533_531_648, 'recalled', [2048, 40, 32, 8, 64, 8192, 49155]),
  granite('ibm-granite/granite-3.1-8b-base', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.1-8b-instruct', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.2-2b-instruct', 2_533_531_648, 'recalled', [2048, 40, 32, 8, 64, 8192, 49155]),
  granite('ibm-granite/granite-3.2-8b-instruct', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.3-2b-instruct', 2_533_539_840, 'recalled', [2048, 40, 32, 8, 64, 8192, 49159]),
  granite('ibm-granite/granite-3.3-8b-instruct', 8_170_864_640, 'recalled', [4096, 40, 32, 8, 128, 12800, 49159]),
  graniteCode('ibm-granite/granite-3b-code-base', 3_482_503_680, 'recalled', [2560, 32, 32, 32, 80, 10240, 49152]),
  graniteCode('ibm-granite/granite-3b-code-base-2k', 3_482_503_680, 'recalled', [2560, 32, 32, 32, 80, 10240, 49152]),
  graniteCode('ibm-granite/granite-3b-code-instruct', 3_482_503_680, 'recalled', [2560, 32, 32, 32, 80, 10240, 49152]),
  granite('ibm-granite/granite-4.0-micro', 3_402_836_480, 'recalled', [2560, 40, 40, 8, 64, 8192, 100352]),
  graniteCode('ibm-granite/granite-8b-code-base', 8_054_910_976, 'recalled', [4096, 36, 32, 8, 128, 14336, 49152]),
  graniteCode('ibm-granite/granite-8b-code-base-4k', 8_054_910_976, 'recalled', [4096, 36, 32, 8, 128, 14336, 49152]),
  graniteCode('ibm-granite/granite-8b-code-instruct', 8_054_910_976, 'recalled', [4096, 36, 32, 8, 128, 14336, 49152]),
];
