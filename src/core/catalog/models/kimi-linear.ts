import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const kimiLinear = modelFamily('kimi_linear', { peculiarities: ['router-bias'] });

/** Kimi Linear: three layers of Kimi Delta Attention to one of latent attention (arXiv 2510.26692). */
export const kimiLinearModels: readonly CatalogModel[] = [
  kimiLinear('moonshotai/Kimi-Linear-48B-A3B-Base', 49_122_681_728, 'recalled', [2304, 27, 32, 32, 192, 9216, 163840], {
    latentAttention: { queryRank: 0, keyValueRank: 512, plainHeadDim: 128, ropeHeadDim: 64, valueHeadDim: 128 },
    linearAttention: {
      kind: 'kimi',
      ...{ numKeyHeads: 32, keyHeadDim: 128, numValueHeads: 32, valueHeadDim: 128, convKernel: 4 },
    },
    moe: experts(256, 8, 1024, 26, { count: 1, width: 1024 }),
    layers: [
      { count: 1, mixers: ['linear_attention'] },
      { count: 19, mixers: ['linear_attention'], mlp: 'experts' },
      { count: 7, mlp: 'experts' },
    ],
  }),
];
