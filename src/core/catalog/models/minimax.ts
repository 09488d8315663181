import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const minimaxM2 = modelFamily('minimax_m2', {
  qkNorm: true,
  peculiarities: ['full-width-qk-norm'],
  moe: experts(256, 8, 1536, 62),
});
/** Lightning attention in seven of eight layers (arXiv 2501.08313 §2.2). */
const minimax = modelFamily('minimax', {
  moe: experts(32, 2, 9216, 80),
  linearAttention: {
    kind: 'lightning',
    ...{ numKeyHeads: 64, keyHeadDim: 128, numValueHeads: 64, valueHeadDim: 128, convKernel: 1 },
  },
  layers: [
    { count: 70, mixers: ['linear_attention'], mlp: 'experts' },
    { count: 10, mlp: 'experts' },
  ],
});

/** MiniMax-01, M1 and M2. M2 norms query and key over all heads and stands without the bias that balances experts. */
export const minimaxModels: readonly CatalogModel[] = [
  minimax('MiniMaxAI/MiniMax-M1-40k', 456_089_655_296, 'recalled', [6144, 80, 64, 8, 128, 9216, 200064]),
  minimax('MiniMaxAI/MiniMax-M1-80k', 456_089_655_296, 'recalled', [6144, 80, 64, 8, 128, 9216, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.1', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.5', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.7', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimax('MiniMaxAI/MiniMax-Text-01', 456_089_655_296, 'recalled', [6144, 80, 64, 8, 128, 9216, 200064]),
];
