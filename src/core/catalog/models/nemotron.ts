import { modelFamily, type CatalogModel } from '../model-family.ts';

const llama = modelFamily('llama', {});
const mistral = modelFamily('mistral', {});
const nemotron = modelFamily('nemotron', { gatedMlp: false, norm: 'layernorm' });

/** Nemotron Mini and Minitron, and NVIDIA's offshoots of Llama and Mistral. */
export const nemotronModels: readonly CatalogModel[] = [
  llama('nvidia/Llama-3.1-Minitron-4B-Depth-Base', 4_540_469_248, 'recalled', [4096, 16, 32, 8, 128, 14336, 128256]),
  llama('nvidia/Llama-3.1-Minitron-4B-Width-Base', 4_512_746_496, 'recalled', [3072, 32, 32, 8, 128, 9216, 128256]),
  llama('nvidia/Llama-3.1-Nemotron-Nano-4B-v1.1', 4_512_746_496, 'recalled', [3072, 32, 32, 8, 128, 9216, 128256]),
  llama('nvidia/Llama-3.1-Nemotron-Nano-8B-v1', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  nemotron('nvidia/Minitron-4B-Base', 4_190_509_056, 'recalled', [3072, 32, 24, 8, 128, 9216, 256000]),
  nemotron('nvidia/Minitron-8B-Base', 8_271_699_968, 'recalled', [4096, 32, 48, 8, 128, 16384, 256000]),
  mistral('nvidia/Mistral-NeMo-Minitron-8B-Base', 8_414_105_600, 'recalled', [4096, 40, 32, 8, 128, 11520, 131072]),
  nemotron('nvidia/Nemotron-Mini-4B-Instruct', 4_190_509_056, 'recalled', [3072, 32, 24, 8, 128, 9216, 256000]),
  llama('nvidia/OpenMath2-Llama3.1-8B', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
];
