import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const xglm = modelFamily('xglm', { ...gpt, tieWordEmbeddings: true });
const biogpt = modelFamily('biogpt', { ...gpt, tieWordEmbeddings: true, learnedPositions: 1026 });

/** XGLM, whose positions are sines, and BioGPT, with two more position rows than positions. */
export const xglmModels: readonly CatalogModel[] = [
  xglm('facebook/xglm-1.7B', 1_732_907_008, 'recalled', [2048, 24, 16, 16, 128, 8192, 256008]),
  xglm('facebook/xglm-564M', 564_463_616, 'recalled', [1024, 24, 16, 16, 64, 4096, 256008]),
  xglm('facebook/xglm-7.5B', 7_492_771_840, 'recalled', [4096, 32, 32, 32, 128, 16384, 256008]),
  biogpt('microsoft/biogpt', 346_763_264, 'default', [1024, 24, 16, 16, 64, 4096, 42384]),
];
