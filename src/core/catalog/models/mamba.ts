import { experts, modelFamily, type CatalogModel } from '../model-family.ts';
import type { MambaShape } from '../../run/mixer-shapes.ts';

const mamba = modelFamily('mamba', { tieWordEmbeddings: true, normsPerLayer: 1 });
const mamba2 = modelFamily('mamba2', { normsPerLayer: 1 });
const falconMamba = modelFamily('falcon_mamba', { normsPerLayer: 1 });
const jamba = modelFamily('jamba', {});
const lfm2 = modelFamily('lfm2', { tieWordEmbeddings: true, qkNorm: true });

/** Mamba 1 and 2, whose layers are a state space alone, and hybrids: with attention (Jamba), short convolutions (LFM2). */
export const mambaModels: readonly CatalogModel[] = [
  // Attention in every eighth layer, experts in every second.
  jamba(
    ['ai21labs/AI21-Jamba-Large-1.5', 'ai21labs/AI21-Jamba-Large-1.6', 'ai21labs/AI21-Jamba-Large-1.7'],
    398_555_145_696,
    'recalled',
    [8192, 72, 64, 8, 128, 24576, 65536],
    {
      moe: experts(16, 2, 24576, 36),
      mamba: { ...stateSpace(8192), innerNorms: true },
      layers: [{ count: 27, mixers: ['mamba'] }, { count: 36, mixers: ['mamba'], mlp: 'experts' }, { count: 9 }],
    },
  ),
  jamba(
    [
      'ai21labs/AI21-Jamba-Mini-1.5',
      'ai21labs/AI21-Jamba-Mini-1.6',
      'ai21labs/AI21-Jamba-Mini-1.7',
      'ai21labs/Jamba-v0.1',
    ],
    51_570_323_328,
    'recalled',
    [4096, 32, 32, 8, 128, 14336, 65536],
    {
      moe: experts(16, 2, 14336, 16),
      mamba: { ...stateSpace(4096), innerNorms: true },
      layers: [{ count: 12, mixers: ['mamba'] }, { count: 16, mixers: ['mamba'], mlp: 'experts' }, { count: 4 }],
    },
  ),
  lfm2('LiquidAI/LFM2-1.2B', 1_170_340_608, 'recalled', [2048, 16, 32, 8, 64, 8192, 65536], {
    shortConvolution: { kernel: 3, bias: false },
    layers: [{ count: 10, mixers: ['short_convolution'] }, { count: 6 }],
  }),
  lfm2('LiquidAI/LFM2-2.6B', 2_569_272_320, 'recalled', [2048, 30, 32, 8, 64, 10752, 65536], {
    shortConvolution: { kernel: 3, bias: false },
    layers: [{ count: 22, mixers: ['short_convolution'] }, { count: 8 }],
  }),
  lfm2('LiquidAI/LFM2-350M', 354_483_968, 'recalled', [1024, 16, 16, 8, 64, 4608, 65536], {
    shortConvolution: { kernel: 3, bias: false },
    layers: [{ count: 10, mixers: ['short_convolution'] }, { count: 6 }],
  }),
  lfm2('LiquidAI/LFM2-700M', 742_489_344, 'recalled', [1536, 16, 24, 8, 64, 6912, 65536], {
    shortConvolution: { kernel: 3, bias: false },
    layers: [{ count: 10, mixers: ['short_convolution'] }, { count: 6 }],
  }),
  mamba2('mistralai/Mamba-Codestral-7B-v0.1', 7_285_403_648, 'default', [4096, 64, 1, 1, 4096, 8192, 32768], {
    mamba: { ...stateSpace(4096), stateSize: 128, numHeads: 128, numGroups: 8, outputNorm: true },
    layers: [{ count: 64, mixers: ['mamba2'], mlp: 'none' }],
  }),
  mambaModel('state-spaces/mamba-1.4b-hf', 1_372_178_432, 2048, 48),
  mambaModel('state-spaces/mamba-130m-hf', 129_135_360, 768, 24),
  mambaModel('state-spaces/mamba-2.8b-hf', 2_768_345_600, 2560, 64),
  mambaModel('state-spaces/mamba-370m-hf', 371_516_416, 1024, 48),
  mambaModel('state-spaces/mamba-790m-hf', 793_204_224, 1536, 48),
  mamba2('state-spaces/mamba2-1.3b', 1_343_757_312, 'recalled', [2048, 48, 1, 1, 2048, 4096, 50288], {
    tieWordEmbeddings: true,
    mamba: { ...stateSpace(2048), stateSize: 128, numHeads: 64, outputNorm: true },
    layers: [{ count: 48, mixers: ['mamba2'], mlp: 'none' }],
  }),
  mamba2('state-spaces/mamba2-130m', 128_989_632, 'recalled', [768, 24, 1, 1, 768, 1536, 50288], {
    tieWordEmbeddings: true,
    mamba: { ...stateSpace(768), stateSize: 128, numHeads: 24, outputNorm: true },
    layers: [{ count: 24, mixers: ['mamba2'], mlp: 'none' }],
  }),
  mamba2('state-spaces/mamba2-2.7b', 2_702_599_680, 'recalled', [2560, 64, 1, 1, 2560, 5120, 50288], {
    tieWordEmbeddings: true,
    mamba: { ...stateSpace(2560), stateSize: 128, numHeads: 80, outputNorm: true },
    layers: [{ count: 64, mixers: ['mamba2'], mlp: 'none' }],
  }),
  mamba2('state-spaces/mamba2-370m', 368_346_624, 'recalled', [1024, 48, 1, 1, 1024, 2048, 50288], {
    tieWordEmbeddings: true,
    mamba: { ...stateSpace(1024), stateSize: 128, numHeads: 32, outputNorm: true },
    layers: [{ count: 48, mixers: ['mamba2'], mlp: 'none' }],
  }),
  mamba2('state-spaces/mamba2-780m', 780_161_280, 'recalled', [1536, 48, 1, 1, 1536, 3072, 50288], {
    tieWordEmbeddings: true,
    mamba: { ...stateSpace(1536), stateSize: 128, numHeads: 48, outputNorm: true },
    layers: [{ count: 48, mixers: ['mamba2'], mlp: 'none' }],
  }),
  falconMamba('tiiuae/falcon-mamba-7b', 7_272_665_088, 'recalled', [4096, 64, 1, 1, 4096, 8192, 65024], {
    mamba: stateSpace(4096),
    layers: [{ count: 64, mixers: ['mamba'], mlp: 'none' }],
  }),
];

/** It has no heads: one as wide as the model stands for none. */
function mambaModel(id: string, total: number, hiddenSize: number, numLayers: number): CatalogModel {
  return mamba(id, total, 'recalled', [hiddenSize, numLayers, 1, 1, hiddenSize, 2 * hiddenSize, 50280], {
    mamba: stateSpace(hiddenSize),
    layers: [{ count: numLayers, mixers: ['mamba'], mlp: 'none' }],
  });
}

/** Sizes of arXiv 2312.00752 §3.4. */
function stateSpace(hiddenSize: number): MambaShape {
  return {
    innerSize: 2 * hiddenSize,
    stateSize: 16,
    convKernel: 4,
    convBias: true,
    projectionBias: false,
    stepRank: hiddenSize / 16,
    innerNorms: false,
    numHeads: 1,
    numGroups: 1,
    chunkSize: 256,
    outputNorm: false,
  };
}
