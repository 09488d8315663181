import { modelFamily, type CatalogModel } from '../model-family.ts';

const cohere = modelFamily('cohere', {
  norm: 'layernorm',
  normsPerLayer: 1,
  tieWordEmbeddings: true,
  peculiarities: ['bias-free-norm'],
});

/** Command R: attention and MLP side by side behind one norm. */
export const cohereModels: readonly CatalogModel[] = [
  cohere('CohereForAI/c4ai-command-r-v01', 34_980_831_232, 'default', [8192, 40, 64, 64, 128, 22528, 256000]),
  cohere('CohereForAI/c4ai-command-r7b-12-2024', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
];
