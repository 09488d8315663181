import { modelFamily, type CatalogModel } from '../model-family.ts';

const nemotron = modelFamily('nemotron', { gatedMlp: false, norm: 'layernorm' });

/** Nemotron Mini. */
export const nemotronModels: readonly CatalogModel[] = [
  nemotron('nvidia/Nemotron-Mini-4B-Instruct', 4_190_509_056, 'recalled', [3072, 32, 24, 8, 128, 9216, 256000]),
];
