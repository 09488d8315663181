import { modelFamily, type CatalogModel } from '../model-family.ts';

const apertus = modelFamily('apertus', { gatedMlp: false, qkNorm: true });

/** Apertus: a plain MLP whose activation learns two values a layer. */
export const apertusModels: readonly CatalogModel[] = [
  apertus('swiss-ai/Apertus-70B-2509', 70_599_864_480, 'recalled', [8192, 80, 64, 8, 128, 43008, 131072], {
    otherParameters: 160,
  }),
  apertus('swiss-ai/Apertus-8B-2509', 8_053_338_176, 'recalled', [4096, 32, 32, 8, 128, 21504, 131072], {
    otherParameters: 64,
  }),
];
