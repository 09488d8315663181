import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const mistral = modelFamily('mistral', {});
const mixtral = modelFamily('mixtral', {});

/** Mistral, Mixtral and their fine-tunes. */
export const mistralModels: readonly CatalogModel[] = [
  mistral('alignment-handbook/zephyr-7b-sft-full', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('HuggingFaceH4/zephyr-7b-beta', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mixtral('mistral-community/Mixtral-8x22B-v0.1', 140_620_634_112, 'recalled', [6144, 56, 48, 8, 128, 16384, 32000], {
    moe: experts(8, 2, 16384, 56),
  }),
  mistral('mistralai/Codestral-22B-v0.1', 22_247_282_688, 'recalled', [6144, 56, 48, 8, 128, 16384, 32768]),
  mistral(
    [
      'mistralai/Devstral-Small-2505',
      'mistralai/Devstral-Small-2507',
      'mistralai/Magistral-Small-2506',
      'mistralai/Magistral-Small-2507',
      'mistralai/Mistral-Small-24B-Base-2501',
      'mistralai/Mistral-Small-24B-Instruct-2501',
    ],
    23_572_403_200,
    'recalled',
    [5120, 40, 32, 8, 128, 32768, 131072],
  ),
  mistral('mistralai/Mathstral-7B-v0.1', 7_248_023_552, 'recalled', [4096, 32, 32, 8, 128, 14336, 32768]),
  mistral('mistralai/Ministral-8B-Instruct-2410', 8_019_808_256, 'recalled', [4096, 36, 32, 8, 128, 12288, 131072]),
  mistral('mistralai/Mistral-7B-Instruct-v0.1', 7_241_732_096, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('mistralai/Mistral-7B-Instruct-v0.2', 7_241_732_096, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('mistralai/Mistral-7B-Instruct-v0.3', 7_248_023_552, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32768]),
  mistral('mistralai/Mistral-7B-v0.1', 7_241_732_096, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('mistralai/Mistral-7B-v0.2', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('mistralai/Mistral-7B-v0.3', 7_248_023_552, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32768]),
  mistral('mistralai/Mistral-Large-Instruct-2407', 122_610_069_504, 'recalled', [12288, 88, 96, 8, 128, 28672, 32768]),
  mistral('mistralai/Mistral-Large-Instruct-2411', 122_610_069_504, 'litgpt', [12288, 88, 96, 8, 128, 28672, 32768]),
  mistral('mistralai/Mistral-Nemo-Base-2407', 12_247_782_400, 'recalled', [5120, 40, 32, 8, 128, 14336, 131072]),
  mistral('mistralai/Mistral-Nemo-Instruct-2407', 12_247_782_400, 'recalled', [5120, 40, 32, 8, 128, 14336, 131072]),
  mistral('mistralai/Mistral-Small-Instruct-2409', 22_247_282_688, 'recalled', [6144, 56, 48, 8, 128, 16384, 32768]),
  mixtral(
    ['mistralai/Mixtral-8x22B-Instruct-v0.1', 'mistralai/Mixtral-8x22B-v0.1'],
    140_630_071_296,
    'litgpt',
    [6144, 56, 48, 8, 128, 16384, 32768],
    {
      moe: experts(8, 2, 16384, 56),
    },
  ),
  mixtral('mistralai/Mixtral-8x7B-Instruct-v0.1', 46_702_792_704, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32000], {
    moe: experts(8, 2, 14336, 32),
  }),
  mixtral('mistralai/Mixtral-8x7B-v0.1', 46_702_792_704, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000], {
    moe: experts(8, 2, 14336, 32),
  }),
  mistral('unsloth/Mistral-7B-v0.2', 7_241_732_096, 'litgpt', [4096, 32, 32, 8, 128, 14336, 32000]),
];
