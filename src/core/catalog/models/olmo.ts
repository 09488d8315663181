import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const olmo1 = modelFamily('olmo', { peculiarities: ['weightless-norm'] });
const olmo = modelFamily('olmo2', { qkNorm: true, peculiarities: ['full-width-qk-norm'] });

const olmo3 = modelFamily('olmo3', { qkNorm: true, peculiarities: ['full-width-qk-norm'] });
const olmoe = modelFamily('olmoe', { qkNorm: true, peculiarities: ['full-width-qk-norm'] });

/** OLMo: its first generation has norms without parameters, the later ones norm queries and keys over all heads. */
export const olmoModels: readonly CatalogModel[] = [
  olmo1('allenai/OLMo-1.7-7B-hf', 6_888_095_744, 'recalled', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmo1(
    ['allenai/OLMo-1B', 'allenai/OLMo-1B-0724-hf', 'allenai/OLMo-1B-hf'],
    1_176_764_416,
    'recalled',
    [2048, 16, 16, 16, 128, 8192, 50304],
    {
      tieWordEmbeddings: true,
    },
  ),
  olmo('allenai/OLMo-2-0325-32B', 32_234_279_936, 'recalled', [5120, 64, 40, 8, 128, 27648, 100352]),
  olmo('allenai/OLMo-2-0425-1B', 1_484_916_736, 'recalled', [2048, 16, 16, 16, 128, 8192, 100352]),
  olmo('allenai/OLMo-2-1124-13B', 13_716_198_400, 'litgpt', [5120, 40, 40, 40, 128, 13824, 100352]),
  olmo('allenai/OLMo-2-1124-13B-DPO', 13_716_198_400, 'litgpt', [5120, 40, 40, 40, 128, 13824, 100352]),
  olmo('allenai/OLMo-2-1124-13B-Instruct', 13_716_198_400, 'litgpt', [5120, 40, 40, 40, 128, 13824, 100352]),
  olmo('allenai/OLMo-2-1124-13B-SFT', 13_716_198_400, 'litgpt', [5120, 40, 40, 40, 128, 13824, 100352]),
  olmo('allenai/OLMo-2-1124-7B', 7_298_617_344, 'litgpt', [4096, 32, 32, 32, 128, 11008, 100352]),
  olmo('allenai/OLMo-2-1124-7B-DPO', 7_298_617_344, 'litgpt', [4096, 32, 32, 32, 128, 11008, 100352]),
  olmo('allenai/OLMo-2-1124-7B-Instruct', 7_298_617_344, 'litgpt', [4096, 32, 32, 32, 128, 11008, 100352]),
  olmo3('allenai/Olmo-3-1025-7B', 7_298_011_136, 'recalled', [4096, 32, 32, 32, 128, 11008, 100278]),
  olmo('allenai/Olmo-3-1125-32B', 32_233_522_176, 'recalled', [5120, 64, 40, 8, 128, 27648, 100278]),
  olmo3('allenai/Olmo-3-32B-Instruct', 32_233_522_176, 'recalled', [5120, 64, 40, 8, 128, 27648, 100278]),
  olmo3('allenai/Olmo-3-32B-Think', 32_233_522_176, 'recalled', [5120, 64, 40, 8, 128, 27648, 100278]),
  olmo3('allenai/Olmo-3-7B-Instruct', 7_298_011_136, 'recalled', [4096, 32, 32, 32, 128, 11008, 100278]),
  olmo3('allenai/Olmo-3-7B-Think', 7_298_011_136, 'recalled', [4096, 32, 32, 32, 128, 11008, 100278]),
  olmo3('allenai/Olmo-3.1-32B-Instruct', 32_233_522_176, 'recalled', [5120, 64, 40, 8, 128, 27648, 100278]),
  olmo3('allenai/Olmo-3.1-32B-Think', 32_233_522_176, 'recalled', [5120, 64, 40, 8, 128, 27648, 100278]),
  olmo1('allenai/OLMo-7B', 6_888_095_744, 'recalled', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmo1('allenai/OLMo-7B-0424-hf', 6_888_095_744, 'recalled', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmo1('allenai/OLMo-7B-0724-hf', 6_888_095_744, 'recalled', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmo1('allenai/OLMo-7B-hf', 6_888_095_744, 'recalled', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmo1('allenai/OLMo-7B-Instruct-hf', 6_888_095_744, 'litgpt', [4096, 32, 32, 32, 128, 11008, 50304]),
  olmoe(
    ['allenai/OLMoE-1B-7B-0125', 'allenai/OLMoE-1B-7B-0924'],
    6_919_161_856,
    'recalled',
    [2048, 16, 16, 16, 128, 1024, 50304],
    {
      moe: experts(64, 8, 1024, 16),
    },
  ),
];
