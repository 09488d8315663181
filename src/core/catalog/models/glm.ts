import { experts, gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const glm4 = modelFamily('glm4', { normsPerLayer: 4 });
const glm = modelFamily('glm', { qkvBias: true });
const chatglm = modelFamily('chatglm', { ...gpt, tieWordEmbeddings: true });
const glm4MoeLite = modelFamily('glm4_moe_lite', {});
const glmMoeDsa = modelFamily('glm_moe_dsa', {});
const glm4Moe = modelFamily('glm4_moe', { qkvBias: true });

/** Head sizes of the models with latent attention. */
const latentAttention = { keyValueRank: 512, plainHeadDim: 192, ropeHeadDim: 64, valueHeadDim: 256 };

/** ChatGLM, whose first version has biases everywhere, GLM-4 to 5. */
export const glmModels: readonly CatalogModel[] = [
  chatglm('THUDM/chatglm-6b', 6_173_286_400, 'hub', [4096, 28, 32, 32, 128, 16384, 130528]),
  glm('THUDM/chatglm2-6b', 6_243_584_000, 'recalled', [4096, 28, 32, 2, 128, 13696, 65024]),
  glm('THUDM/chatglm3-6b', 6_243_584_000, 'recalled', [4096, 28, 32, 2, 128, 13696, 65024]),
  glm('THUDM/chatglm3-6b-32k', 6_243_584_000, 'recalled', [4096, 28, 32, 2, 128, 13696, 65024]),
  glm('THUDM/chatglm3-6b-base', 6_243_584_000, 'recalled', [4096, 28, 32, 2, 128, 13696, 65024]),
  glm('THUDM/codegeex2-6b', 6_243_584_000, 'recalled', [4096, 28, 32, 2, 128, 13696, 65024]),
  glm4('THUDM/GLM-4-32B-0414', 32_566_081_536, 'recalled', [6144, 61, 48, 2, 128, 23040, 151552]),
  glm4('THUDM/GLM-4-32B-Base-0414', 32_566_081_536, 'recalled', [6144, 61, 48, 2, 128, 23040, 151552]),
  glm('THUDM/glm-4-9b', 9_399_951_360, 'recalled', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm4('THUDM/GLM-4-9B-0414', 9_400_094_720, 'recalled', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm('THUDM/glm-4-9b-chat', 9_399_951_360, 'recalled', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm('THUDM/glm-4-9b-chat-hf', 9_399_951_360, 'default', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm4('THUDM/GLM-Z1-32B-0414', 32_566_081_536, 'recalled', [6144, 61, 48, 2, 128, 23040, 151552]),
  glm4('THUDM/GLM-Z1-9B-0414', 9_400_094_720, 'recalled', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm4Moe(
    ['zai-org/GLM-4.5', 'zai-org/GLM-4.6', 'zai-org/GLM-4.7'],
    352_797_814_784,
    'recalled',
    [5120, 92, 96, 8, 128, 12288, 151552],
    {
      qkNorm: true,
      moe: experts(160, 8, 1536, 89, { count: 1, width: 1536 }),
    },
  ),
  glm4Moe('zai-org/GLM-4.5-Air', 106_852_245_504, 'recalled', [4096, 46, 96, 8, 128, 10944, 151552], {
    moe: experts(128, 8, 1408, 45, { count: 1, width: 1408 }),
  }),
  // Sizes of the last two are the defaults of their classes.
  glm4MoeLite('zai-org/GLM-4.7-Flash', 29_943_390_976, 'default', [2048, 47, 20, 20, 256, 10240, 154880], {
    latentAttention: { ...latentAttention, queryRank: 768 },
    moe: experts(64, 4, 1536, 46, { count: 1, width: 1536 }),
  }),
  glmMoeDsa('zai-org/GLM-5', 743_911_199_232, 'default', [6144, 78, 64, 64, 256, 12288, 154880], {
    latentAttention: { ...latentAttention, queryRank: 2048, indexer: { heads: 32, headDim: 128, topTokens: 2048 } },
    moe: experts(256, 8, 2048, 75, { count: 1, width: 2048 }),
  }),
];
