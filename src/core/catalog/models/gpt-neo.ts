import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const gptNeo = modelFamily('gpt_neo', {
  ...gpt,
  qkvBias: false,
  tieWordEmbeddings: true,
  learnedPositions: 2048,
  peculiarities: ['composite-gelu'],
});

/** GPT-Neo: no bias on query, key and value. */
export const gptNeoModels: readonly CatalogModel[] = [
  gptNeo('EleutherAI/gpt-neo-1.3B', 1_315_575_808, 'default', [2048, 24, 16, 16, 128, 8192, 50257]),
  gptNeo('EleutherAI/gpt-neo-125m', 125_198_592, 'recalled', [768, 12, 12, 12, 64, 3072, 50257]),
  gptNeo('EleutherAI/gpt-neo-2.7B', 2_651_307_520, 'recalled', [2560, 32, 20, 20, 128, 10240, 50257]),
];
