import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const minimaxM2 = modelFamily('minimax_m2', {
  qkNorm: true,
  peculiarities: ['full-width-qk-norm'],
  moe: experts(256, 8, 1536, 62),
});

/** MiniMax-M2: norms of query and key over all heads, experts in every layer; without the bias that balances them. */
export const minimaxModels: readonly CatalogModel[] = [
  minimaxM2('MiniMaxAI/MiniMax-M2', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.1', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.5', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
  minimaxM2('MiniMaxAI/MiniMax-M2.7', 228_689_748_992, 'default', [3072, 62, 48, 8, 128, 1536, 200064]),
];
