import { modelFamily, type CatalogModel } from '../model-family.ts';

const family = {
  norm: 'layernorm',
  normsPerLayer: 1,
  tieWordEmbeddings: true,
  peculiarities: ['bias-free-norm'],
} as const;
const cohere = modelFamily('cohere', family);
const cohere2 = modelFamily('cohere2', family);

/** Command R and Aya: attention and MLP side by side behind one norm. */
export const cohereModels: readonly CatalogModel[] = [
  cohere('CohereForAI/aya-23-35B', 34_980_831_232, 'recalled', [8192, 40, 64, 64, 128, 22528, 256000]),
  cohere('CohereForAI/aya-23-8B', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
  cohere('CohereForAI/aya-expanse-32b', 32_296_476_672, 'recalled', [8192, 40, 64, 8, 128, 24576, 256000]),
  cohere('CohereForAI/aya-expanse-8b', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
  cohere2('CohereForAI/c4ai-command-a-03-2025', 111_057_580_032, 'recalled', [12288, 64, 96, 8, 128, 36864, 256000]),
  cohere('CohereForAI/c4ai-command-r-08-2024', 32_296_476_672, 'recalled', [8192, 40, 64, 8, 128, 24576, 256000]),
  cohere(
    [
      'CohereForAI/c4ai-command-r-plus',
      'CohereForAI/c4ai-command-r-plus-08-2024',
      'CohereLabs/c4ai-command-r-plus',
      'CohereLabs/c4ai-command-r-plus-08-2024',
    ],
    103_810_674_688,
    'recalled',
    [12288, 64, 96, 8, 128, 33792, 256000],
    {
      qkNorm: true,
      peculiarities: ['bias-free-norm', 'full-width-qk-norm'],
    },
  ),
  cohere('CohereForAI/c4ai-command-r-v01', 34_980_831_232, 'default', [8192, 40, 64, 64, 128, 22528, 256000]),
  cohere('CohereForAI/c4ai-command-r7b-12-2024', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
  cohere('CohereLabs/aya-23-35B', 34_980_831_232, 'recalled', [8192, 40, 64, 64, 128, 22528, 256000]),
  cohere('CohereLabs/aya-23-8B', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
  cohere('CohereLabs/aya-expanse-32b', 32_296_476_672, 'recalled', [8192, 40, 64, 8, 128, 24576, 256000]),
  cohere('CohereLabs/aya-expanse-8b', 8_028_033_024, 'recalled', [4096, 32, 32, 8, 128, 14336, 256000]),
  cohere2('CohereLabs/c4ai-command-a-03-2025', 111_057_580_032, 'recalled', [12288, 64, 96, 8, 128, 36864, 256000]),
  cohere('CohereLabs/c4ai-command-r-08-2024', 32_296_476_672, 'recalled', [8192, 40, 64, 8, 128, 24576, 256000]),
];
