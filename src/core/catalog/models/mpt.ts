import { modelFamily, type CatalogModel } from '../model-family.ts';

const mpt = modelFamily('mpt', {
  gatedMlp: false,
  norm: 'layernorm',
  tieWordEmbeddings: true,
  peculiarities: ['bias-free-norm'],
});

/** MPT: ALiBi, no biases at all. */
export const mptModels: readonly CatalogModel[] = [
  mpt('mosaicml/mpt-30b', 29_957_200_896, 'recalled', [7168, 48, 64, 64, 112, 28672, 50432]),
  mpt('mosaicml/mpt-7b', 6_649_286_656, 'recalled', [4096, 32, 32, 32, 128, 16384, 50432]),
  mpt('mosaicml/mpt-7b-8k', 6_649_286_656, 'recalled', [4096, 32, 32, 32, 128, 16384, 50432]),
  mpt('mosaicml/mpt-7b-storywriter', 6_649_286_656, 'recalled', [4096, 32, 32, 32, 128, 16384, 50432]),
];
