import { modelFamily, type CatalogModel } from '../model-family.ts';

const vicuna = modelFamily('llama', {});

/** Vicuna and LongChat: Llama 1 and 2, fine-tuned. */
export const vicunaModels: readonly CatalogModel[] = [
  vicuna('lmsys/longchat-13b-16k', 13_015_864_320, 'recalled', [5120, 40, 40, 40, 128, 13824, 32000]),
  vicuna('lmsys/longchat-7b-16k', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  vicuna('lmsys/vicuna-13b-v1.3', 13_015_864_320, 'recalled', [5120, 40, 40, 40, 128, 13824, 32000]),
  vicuna('lmsys/vicuna-13b-v1.5', 13_015_864_320, 'recalled', [5120, 40, 40, 40, 128, 13824, 32000]),
  vicuna('lmsys/vicuna-13b-v1.5-16k', 13_015_864_320, 'recalled', [5120, 40, 40, 40, 128, 13824, 32000]),
  vicuna('lmsys/vicuna-33b-v1.3', 32_528_943_616, 'recalled', [6656, 60, 52, 52, 128, 17920, 32000]),
  vicuna('lmsys/vicuna-7b-v1.3', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  vicuna('lmsys/vicuna-7b-v1.5', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
  vicuna('lmsys/vicuna-7b-v1.5-16k', 6_738_415_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 32000]),
];
