import { modelFamily, type CatalogModel } from '../model-family.ts';

const llama = modelFamily('llama', {});

/** Models of Llama architecture from elsewhere, fine-tunes included. */
export const llamaArchitectureModels: readonly CatalogModel[] = [
  llama('BSC-LT/salamandra-2b', 2_253_490_176, 'litgpt', [2048, 24, 16, 16, 128, 5440, 256000]),
  llama('BSC-LT/salamandra-2b-instruct', 2_253_490_176, 'litgpt', [2048, 24, 16, 16, 128, 5440, 256000]),
  llama('BSC-LT/salamandra-7b', 7_768_117_248, 'litgpt', [4096, 32, 32, 8, 128, 11008, 256000]),
  llama('BSC-LT/salamandra-7b-instruct', 7_768_117_248, 'litgpt', [4096, 32, 32, 8, 128, 11008, 256000]),
  llama('deepcogito/cogito-v1-preview-llama-3B', 3_212_749_824, 'recalled', [3072, 28, 24, 8, 128, 8192, 128256], {
    tieWordEmbeddings: true,
  }),
  llama('garage-bAInd/Camel-Platypus2-13B', 13_015_864_320, 'litgpt', [5120, 40, 40, 40, 128, 13824, 32000]),
  llama('garage-bAInd/Camel-Platypus2-70B', 68_976_648_192, 'litgpt', [8192, 80, 64, 8, 128, 28672, 32000]),
  llama('garage-bAInd/Platypus2-13B', 13_015_864_320, 'litgpt', [5120, 40, 40, 40, 128, 13824, 32000]),
  llama('garage-bAInd/Platypus2-70B', 68_976_648_192, 'litgpt', [8192, 80, 64, 8, 128, 28672, 32000]),
  llama('garage-bAInd/Platypus2-7B', 6_738_415_616, 'litgpt', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama('h2oai/h2o-danube2-1.8b-base', 1_831_201_280, 'recalled', [2560, 24, 32, 8, 80, 6912, 32000]),
  llama('keeeeenw/MicroLlama', 304_636_928, 'litgpt', [1024, 12, 16, 4, 64, 5632, 32000]),
  llama('LLM360/Amber', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama('NousResearch/Llama-2-7b-hf', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama('NousResearch/Llama-3.2-1B', 1_235_814_400, 'recalled', [2048, 16, 32, 8, 64, 8192, 128256], {
    tieWordEmbeddings: true,
  }),
  llama('NousResearch/Meta-Llama-3-8B', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  llama('NousResearch/Meta-Llama-3-8B-Instruct', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  llama('NousResearch/Meta-Llama-3.1-8B', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  llama('NousResearch/Meta-Llama-3.1-8B-Instruct', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  llama('openlm-research/open_llama_13b', 13_015_864_320, 'litgpt', [5120, 40, 40, 40, 128, 13824, 32000]),
  llama('openlm-research/open_llama_3b_v2', 3_426_473_600, 'recalled', [3200, 26, 32, 32, 100, 8640, 32000]),
  llama('openlm-research/open_llama_7b', 6_738_415_616, 'litgpt', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama('openlm-research/open_llama_7b_v2', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama('OpenRLHF/Llama-3-8b-sft-mixture', 8_030_261_248, 'recalled', [4096, 32, 32, 8, 128, 14336, 128256]),
  llama('princeton-nlp/Sheared-LLaMA-2.7B', 2_701_560_320, 'recalled', [2560, 32, 20, 20, 128, 6912, 32000]),
  llama('stabilityai/FreeWilly2', 68_976_648_192, 'litgpt', [8192, 80, 64, 8, 128, 28672, 32000]),
  llama('TinyLlama/TinyLlama-1.1B-Chat-v1.0', 1_100_048_384, 'litgpt', [2048, 22, 32, 4, 64, 5632, 32000]),
  llama(
    'TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T',
    1_100_048_384,
    'litgpt',
    [2048, 22, 32, 4, 64, 5632, 32000],
  ),
  llama('TinyLlama/TinyLlama_v1.1', 1_100_048_384, 'recalled', [2048, 22, 32, 4, 64, 5632, 32000]),
  llama('togethercomputer/LLaMA-2-7B-32K', 6_738_415_616, 'litgpt', [4096, 32, 32, 32, 128, 11008, 32000]),
  llama(
    'Trelis/Llama-2-7b-chat-hf-function-calling-v2',
    6_738_415_616,
    'litgpt',
    [4096, 32, 32, 32, 128, 11008, 32000],
  ),
  llama('upstage/SOLAR-10.7B-v1.0', 10_731_524_096, 'recalled', [4096, 48, 32, 8, 128, 14336, 32000]),
];
