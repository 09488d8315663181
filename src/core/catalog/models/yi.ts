import { modelFamily, type CatalogModel } from '../model-family.ts';

const yi = modelFamily('llama', {});

/** 01.AI: Llama architecture. */
export const yiModels: readonly CatalogModel[] = [
  yi('01-ai/Yi-34B', 34_388_917_248, 'recalled', [7168, 60, 56, 8, 128, 20480, 64000]),
  yi('01-ai/Yi-6B', 6_061_035_520, 'recalled', [4096, 32, 32, 4, 128, 11008, 64000]),
  yi('01-ai/Yi-9B', 8_829_407_232, 'recalled', [4096, 48, 32, 4, 128, 11008, 64000]),
];
