import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const bloom = modelFamily('bloom', { ...gpt, tieWordEmbeddings: true, peculiarities: ['embedding-norm'] });

/** BLOOM and BLOOMZ: ALiBi, and a norm behind the embedding. */
export const bloomModels: readonly CatalogModel[] = [
  bloom('bigscience/bloom', 176_247_271_424, 'recalled', [14336, 70, 112, 112, 128, 57344, 250880]),
  bloom('bigscience/bloom-1b1', 1_065_314_304, 'recalled', [1536, 24, 16, 16, 96, 6144, 250880]),
  bloom('bigscience/bloom-1b7', 1_722_408_960, 'recalled', [2048, 24, 16, 16, 128, 8192, 250880]),
  bloom('bigscience/bloom-3b', 3_002_557_440, 'recalled', [2560, 30, 32, 32, 80, 10240, 250880]),
  bloom('bigscience/bloom-560m', 559_214_592, 'recalled', [1024, 24, 16, 16, 64, 4096, 250880]),
  bloom('bigscience/bloom-7b1', 7_069_016_064, 'recalled', [4096, 30, 32, 32, 128, 16384, 250880]),
  bloom('bigscience/bloomz', 176_247_271_424, 'recalled', [14336, 70, 112, 112, 128, 57344, 250880]),
  bloom('bigscience/bloomz-1b1', 1_065_314_304, 'recalled', [1536, 24, 16, 16, 96, 6144, 250880]),
  bloom('bigscience/bloomz-1b7', 1_722_408_960, 'recalled', [2048, 24, 16, 16, 128, 8192, 250880]),
  bloom('bigscience/bloomz-3b', 3_002_557_440, 'recalled', [2560, 30, 32, 32, 80, 10240, 250880]),
  bloom('bigscience/bloomz-560m', 559_214_592, 'recalled', [1024, 24, 16, 16, 64, 4096, 250880]),
  bloom('bigscience/bloomz-7b1', 7_069_016_064, 'recalled', [4096, 30, 32, 32, 128, 16384, 250880]),
];
