import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const glm4 = modelFamily('glm4', { normsPerLayer: 4 });
const glm = modelFamily('glm', { qkvBias: true });
const glm4Moe = modelFamily('glm4_moe', { qkvBias: true });

/** GLM-4 and GLM-4.5. */
export const glmModels: readonly CatalogModel[] = [
  glm4('THUDM/GLM-4-32B-0414', 32_566_081_536, 'recalled', [6144, 61, 48, 2, 128, 23040, 151552]),
  glm('THUDM/glm-4-9b-chat-hf', 9_399_951_360, 'default', [4096, 40, 32, 2, 128, 13696, 151552]),
  glm4Moe('zai-org/GLM-4.5', 352_797_814_784, 'recalled', [5120, 92, 96, 8, 128, 12288, 151552], {
    qkNorm: true,
    moe: experts(160, 8, 1536, 89, { count: 1, width: 1536 }),
  }),
  glm4Moe('zai-org/GLM-4.5-Air', 106_852_245_504, 'recalled', [4096, 46, 96, 8, 128, 10944, 151552], {
    moe: experts(128, 8, 1408, 45, { count: 1, width: 1408 }),
  }),
];
