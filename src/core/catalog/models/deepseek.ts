import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const deepseek = modelFamily('llama', {});

const deepseekV2 = modelFamily('deepseek-v2', {});
const deepseekV3 = modelFamily('deepseek-v3', {});
const deepseekV32 = modelFamily('deepseek_v32', {});

/** Head sizes of V2 and V3 (arXiv 2405.04434 §3.1.2, 2412.19437 §4.2). */
const latentAttention = {
  queryRank: 1536,
  keyValueRank: 512,
  plainHeadDim: 128,
  ropeHeadDim: 64,
  valueHeadDim: 128,
};

/**
 * DeepSeek LLM, Math and Coder are of Llama architecture; V2, V3, R1, Kimi K2 and Moonlight have latent attention and
 * stand here without the module that predicts a second token.
 */
export const deepseekModels: readonly CatalogModel[] = [
  deepseek('deepseek-ai/deepseek-coder-1.3b-base', 1_346_471_936, 'recalled', [2048, 24, 16, 16, 128, 5504, 32256]),
  deepseek('deepseek-ai/deepseek-coder-33b-base', 33_342_991_360, 'recalled', [7168, 62, 56, 8, 128, 19200, 32256]),
  deepseek(
    ['deepseek-ai/deepseek-coder-6.7b-base', 'deepseek-ai/deepseek-coder-6.7b-instruct'],
    6_740_512_768,
    'recalled',
    [4096, 32, 32, 32, 128, 11008, 32256],
  ),
  deepseek(
    [
      'deepseek-ai/deepseek-coder-7b-base-v1.5',
      'deepseek-ai/deepseek-coder-7b-instruct-v1.5',
      'deepseek-ai/deepseek-llm-7b-base',
      'deepseek-ai/deepseek-llm-7b-chat',
      'deepseek-ai/deepseek-math-7b-base',
      'deepseek-ai/deepseek-math-7b-instruct',
      'deepseek-ai/deepseek-math-7b-rl',
      'deepseek-ai/DeepSeek-Prover-V1.5-Base',
      'deepseek-ai/DeepSeek-Prover-V1.5-RL',
      'deepseek-ai/DeepSeek-Prover-V1.5-SFT',
      'deepseek-ai/DeepSeek-Prover-V2-7B',
    ],
    6_910_365_696,
    'recalled',
    [4096, 30, 32, 32, 128, 11008, 102400],
  ),
  deepseekV2(
    [
      'deepseek-ai/DeepSeek-Coder-V2-Base',
      'deepseek-ai/DeepSeek-Coder-V2-Instruct',
      'deepseek-ai/DeepSeek-V2',
      'deepseek-ai/DeepSeek-V2.5',
      'deepseek-ai/DeepSeek-V2.5-1210',
    ],
    235_741_434_880,
    'recalled',
    [5120, 60, 128, 128, 192, 12288, 102400],
    { latentAttention, moe: experts(160, 6, 1536, 59, { count: 2, width: 1536 }) },
  ),
  deepseekV2(
    [
      'deepseek-ai/DeepSeek-Coder-V2-Lite-Base',
      'deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct',
      'deepseek-ai/DeepSeek-V2-Lite',
    ],
    15_706_484_224,
    'recalled',
    [2048, 27, 16, 16, 192, 10944, 102400],
    { latentAttention: { ...latentAttention, queryRank: 0 }, moe: experts(64, 6, 1408, 26, { count: 2, width: 1408 }) },
  ),
  deepseek('deepseek-ai/deepseek-llm-67b-base', 67_425_001_472, 'recalled', [8192, 95, 64, 8, 128, 22016, 102400]),
  deepseek(
    ['deepseek-ai/deepseek-moe-16b-base', 'deepseek-ai/deepseek-moe-16b-chat'],
    16_375_728_128,
    'hub',
    [2048, 28, 16, 16, 128, 10944, 102400],
    {
      moe: experts(64, 6, 1408, 27, { count: 2, width: 1408 }),
    },
  ),
  deepseekV3(
    [
      'deepseek-ai/DeepSeek-R1',
      'deepseek-ai/DeepSeek-R1-0528',
      'deepseek-ai/DeepSeek-R1-Zero',
      'deepseek-ai/DeepSeek-V3',
      'deepseek-ai/DeepSeek-V3-0324',
      'deepseek-ai/DeepSeek-V3-Base',
      'deepseek-ai/DeepSeek-V3.1',
      'deepseek-ai/DeepSeek-V3.1-Base',
      'deepseek-ai/DeepSeek-V3.1-Terminus',
    ],
    671_026_419_200,
    'recalled',
    [7168, 61, 128, 128, 192, 18432, 129280],
    {
      latentAttention,
      peculiarities: ['router-bias'],
      moe: experts(256, 8, 2048, 58, { count: 1, width: 2048 }),
    },
  ),
  deepseekV32(
    ['deepseek-ai/DeepSeek-V3.2', 'deepseek-ai/DeepSeek-V3.2-Exp'],
    671_877_944_064,
    'recalled',
    [7168, 61, 128, 128, 192, 18432, 129280],
    {
      latentAttention: { ...latentAttention, indexer: { heads: 64, headDim: 128, topTokens: 2048 } },
      peculiarities: ['router-bias'],
      moe: experts(256, 8, 2048, 58, { count: 1, width: 2048 }),
    },
  ),
  deepseekV3(
    [
      'moonshotai/Kimi-K2-Base',
      'moonshotai/Kimi-K2-Instruct',
      'moonshotai/Kimi-K2-Instruct-0905',
      'moonshotai/Kimi-K2-Thinking',
    ],
    1_026_408_232_448,
    'recalled',
    [7168, 61, 64, 64, 192, 18432, 163840],
    {
      latentAttention,
      peculiarities: ['router-bias'],
      moe: experts(384, 8, 2048, 60, { count: 1, width: 2048 }),
    },
  ),
  deepseekV3(
    ['moonshotai/Moonlight-16B-A3B', 'moonshotai/Moonlight-16B-A3B-Instruct'],
    15_960_110_208,
    'recalled',
    [2048, 27, 16, 16, 192, 11264, 163840],
    {
      latentAttention: { ...latentAttention, queryRank: 0 },
      peculiarities: ['router-bias'],
      moe: experts(64, 6, 1408, 26, { count: 2, width: 1408 }),
    },
  ),
];
