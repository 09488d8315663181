import type { MambaShape } from '../../run/mixer-shapes.ts';
import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const llama = modelFamily('llama', {});
const mistral = modelFamily('mistral', {});
const nemotron = modelFamily('nemotron', { gatedMlp: false, norm: 'layernorm' });
const nemotronH = modelFamily('nemotron_h', { gatedMlp: false, normsPerLayer: 1 });

/**
 * Nemotron Mini and Minitron, the hybrids of Mamba-2 since Nano 2 (without the bias that balances experts), and NVIDIA's
 * offshoots of Llama and Mistral.
 */
export const nemotronModels: readonly CatalogModel[] = [
  llama('nvidia/Llama-3.1-Minitron-4B-Depth-Base', 4_540_469_248, 'recalled', [4096, 16, 32, 8, 128, 14336, 128256]),
  llama('nvidia/Llama-3.1-Minitron-4B-Width-Base', 4_512_746_496, 'recalled', [3072, 32, 32, 8, 128, 9216, 128256]),
  llama('nvidia/Llama-3.1-Nemotron-Nano-4B-v1.1', 4_512_746_496, 'recalled', [3072, 32, 32, 8, 128, 9216, 128256]),
  llama('nvidia/Llama-3.1-Nemotron-Nano-8B-v1', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  nemotron('nvidia/Minitron-4B-Base', 4_190_509_056, 'recalled', [3072, 32, 24, 8, 128, 9216, 256000]),
  nemotron('nvidia/Minitron-8B-Base', 8_271_699_968, 'recalled', [4096, 32, 48, 8, 128, 16384, 256000]),
  mistral('nvidia/Mistral-NeMo-Minitron-8B-Base', 8_414_105_600, 'recalled', [4096, 40, 32, 8, 128, 11520, 131072]),
  nemotron('nvidia/Nemotron-Mini-4B-Instruct', 4_190_509_056, 'recalled', [3072, 32, 24, 8, 128, 9216, 256000]),
  nemotronH(
    ['nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-Base-BF16', 'nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16'],
    31_577_937_344,
    'recalled',
    [2688, 52, 32, 2, 128, 1856, 131072],
    {
      moe: experts(128, 6, 1856, 23, { count: 1, width: 3712 }),
      mamba: stateSpace(64, 64),
      layers: [
        { count: 23, mixers: ['mamba2'], mlp: 'none' },
        { count: 6, mlp: 'none' },
        { count: 23, mixers: [], mlp: 'experts' },
      ],
    },
  ),
  nemotronH(
    ['nvidia/NVIDIA-Nemotron-Nano-12B-v2', 'nvidia/NVIDIA-Nemotron-Nano-12B-v2-Base'],
    12_310_001_152,
    'recalled',
    [5120, 62, 40, 8, 128, 20480, 131072],
    {
      mamba: stateSpace(128, 80),
      layers: [
        { count: 28, mixers: ['mamba2'], mlp: 'none' },
        { count: 6, mlp: 'none' },
        { count: 28, mixers: [] },
      ],
    },
  ),
  nemotronH('nvidia/NVIDIA-Nemotron-Nano-9B-v2', 8_888_227_328, 'recalled', [4480, 56, 40, 8, 128, 15680, 131072], {
    mamba: stateSpace(128, 80),
    layers: [
      { count: 27, mixers: ['mamba2'], mlp: 'none' },
      { count: 4, mlp: 'none' },
      { count: 25, mixers: [] },
    ],
  }),
  llama('nvidia/OpenMath2-Llama3.1-8B', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
];

/** Mamba-2 with eight groups; a layer of these hybrids has a mixer or an MLP (arXiv 2508.14444 §2.1). */
function stateSpace(numHeads: number, headDim: number): MambaShape {
  return {
    innerSize: numHeads * headDim,
    stateSize: 128,
    convKernel: 4,
    convBias: true,
    projectionBias: false,
    stepRank: 1,
    innerNorms: false,
    numHeads,
    numGroups: 8,
    chunkSize: 128,
    outputNorm: true,
  };
}
