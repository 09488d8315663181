import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const gptNeox = modelFamily('gpt_neox', { ...gpt, peculiarities: ['fused-projections'] });

/** GPT-NeoX, Pythia and the models of their architecture. */
export const gptNeoxModels: readonly CatalogModel[] = [
  gptNeox('databricks/dolly-v2-12b', 11_841_894_400, 'recalled', [5120, 36, 40, 40, 128, 20480, 50280]),
  gptNeox('databricks/dolly-v2-3b', 2_775_086_080, 'recalled', [2560, 32, 32, 32, 80, 10240, 50280]),
  gptNeox('databricks/dolly-v2-7b', 6_856_056_832, 'recalled', [4096, 32, 32, 32, 128, 16384, 50280]),
  gptNeox('EleutherAI/gpt-neox-20b', 20_554_567_680, 'default', [6144, 44, 64, 64, 96, 24576, 50432]),
  gptNeox('EleutherAI/polyglot-ko-1.3b', 1_331_810_304, 'recalled', [2048, 24, 16, 16, 128, 8192, 30080]),
  gptNeox('EleutherAI/polyglot-ko-3.8b', 3_809_974_272, 'recalled', [3072, 32, 24, 24, 128, 12288, 30080]),
  gptNeox('EleutherAI/polyglot-ko-5.8b', 5_885_059_072, 'recalled', [4096, 28, 16, 16, 256, 16384, 30080]),
  gptNeox('EleutherAI/pythia-1.4b', 1_414_647_808, 'litgpt', [2048, 24, 16, 16, 128, 8192, 50304]),
  gptNeox('EleutherAI/pythia-1.4b-deduped', 1_414_647_808, 'recalled', [2048, 24, 16, 16, 128, 8192, 50304]),
  gptNeox('EleutherAI/pythia-12b', 11_846_072_320, 'litgpt', [5120, 36, 40, 40, 128, 20480, 50688]),
  gptNeox('EleutherAI/pythia-12b-deduped', 11_846_072_320, 'litgpt', [5120, 36, 40, 40, 128, 20480, 50688]),
  gptNeox('EleutherAI/pythia-14m', 14_067_712, 'litgpt', [128, 6, 4, 4, 32, 512, 50304]),
  gptNeox('EleutherAI/pythia-160m', 162_322_944, 'litgpt', [768, 12, 12, 12, 64, 3072, 50304]),
  gptNeox('EleutherAI/pythia-160m-deduped', 162_322_944, 'litgpt', [768, 12, 12, 12, 64, 3072, 50304]),
  gptNeox('EleutherAI/pythia-1b', 1_011_781_632, 'litgpt', [2048, 16, 8, 8, 256, 8192, 50304]),
  gptNeox('EleutherAI/pythia-1b-deduped', 1_011_781_632, 'recalled', [2048, 16, 8, 8, 256, 8192, 50304]),
  gptNeox('EleutherAI/pythia-2.8b', 2_775_208_960, 'litgpt', [2560, 32, 32, 32, 80, 10240, 50304]),
  gptNeox('EleutherAI/pythia-2.8b-deduped', 2_775_208_960, 'litgpt', [2560, 32, 32, 32, 80, 10240, 50304]),
  gptNeox('EleutherAI/pythia-31m', 30_494_720, 'recalled', [256, 6, 8, 8, 32, 1024, 50304]),
  gptNeox('EleutherAI/pythia-410m', 405_334_016, 'recalled', [1024, 24, 16, 16, 64, 4096, 50304]),
  gptNeox('EleutherAI/pythia-410m-deduped', 405_334_016, 'litgpt', [1024, 24, 16, 16, 64, 4096, 50304]),
  gptNeox('EleutherAI/pythia-6.9b', 6_857_302_016, 'litgpt', [4096, 32, 32, 32, 128, 16384, 50432]),
  gptNeox('EleutherAI/pythia-6.9b-deduped', 6_857_302_016, 'litgpt', [4096, 32, 32, 32, 128, 16384, 50432]),
  gptNeox('EleutherAI/pythia-70m', 70_426_624, 'recalled', [512, 6, 8, 8, 64, 2048, 50304]),
  gptNeox('EleutherAI/pythia-70m-deduped', 70_426_624, 'recalled', [512, 6, 8, 8, 64, 2048, 50304]),
  gptNeox(
    [
      'stabilityai/stablecode-completion-alpha-3b',
      'stabilityai/stablecode-completion-alpha-3b-4k',
      'stabilityai/stablecode-instruct-alpha-3b',
    ],
    2_769_310_720,
    'litgpt',
    [2560, 32, 32, 32, 80, 10240, 49152],
  ),
  gptNeox('stabilityai/stablelm-base-alpha-3b', 3_637_321_728, 'litgpt', [4096, 16, 32, 32, 128, 16384, 50688]),
  gptNeox('stabilityai/stablelm-base-alpha-7b', 7_868_755_968, 'litgpt', [6144, 16, 48, 48, 128, 24576, 50432]),
  gptNeox('stabilityai/stablelm-tuned-alpha-3b', 3_637_321_728, 'litgpt', [4096, 16, 32, 32, 128, 16384, 50688]),
  gptNeox(
    'togethercomputer/RedPajama-INCITE-7B-Base',
    6_857_302_016,
    'recalled',
    [4096, 32, 32, 32, 128, 16384, 50432],
  ),
  gptNeox(
    [
      'togethercomputer/RedPajama-INCITE-Base-3B-v1',
      'togethercomputer/RedPajama-INCITE-Chat-3B-v1',
      'togethercomputer/RedPajama-INCITE-Instruct-3B-v1',
    ],
    2_775_864_320,
    'recalled',
    [2560, 32, 32, 32, 80, 10240, 50432],
  ),
];
