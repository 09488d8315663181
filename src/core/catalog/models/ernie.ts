import { modelFamily, type CatalogModel } from '../model-family.ts';

const ernie = modelFamily('ernie4_5', { tieWordEmbeddings: true });

/** ERNIE 4.5: Llama architecture, tied. */
export const ernieModels: readonly CatalogModel[] = [
  ernie('baidu/ERNIE-4.5-0.3B-PT', 360_748_032, 'default', [1024, 18, 16, 2, 128, 3072, 103424]),
];
