import { modelFamily, type CatalogModel } from '../model-family.ts';

const granite = modelFamily('granite', { tieWordEmbeddings: true });

/** Granite 3: Llama architecture, tied. */
export const graniteModels: readonly CatalogModel[] = [
  granite('ibm-granite/granite-3.0-8b-base', 8_170_848_256, 'recalled', [4096, 40, 32, 8, 128, 12800, 49155]),
  granite('ibm-granite/granite-3.3-2b-instruct', 2_533_539_840, 'recalled', [2048, 40, 32, 8, 64, 8192, 49159]),
];
