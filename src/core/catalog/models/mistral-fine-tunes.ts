import { modelFamily, type CatalogModel } from '../model-family.ts';

const mistral = modelFamily('mistral', {});

/** Fine-tunes of Mistral 7B under names of their own; some have two tokens more. */
export const mistralFineTunes: readonly CatalogModel[] = [
  mistral('alignment-handbook/zephyr-7b-dpo-full', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('alignment-handbook/zephyr-7b-dpo-qlora', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('alignment-handbook/zephyr-7b-sft-lora', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('alignment-handbook/zephyr-7b-sft-qlora', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('berkeley-nest/Starling-LM-7B-alpha', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('HuggingFaceH4/mistral-7b-sft-beta', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('HuggingFaceH4/zephyr-7b-alpha', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('Intel/neural-chat-7b-v3-1', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('Intel/neural-chat-7b-v3-3', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('Nexusflow/Starling-LM-7B-beta', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('NousResearch/Nous-Hermes-2-Mistral-7B-DPO', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('Open-Orca/Mistral-7B-OpenOrca', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('openchat/openchat-3.5-0106', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('openchat/openchat-3.5-1210', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('openchat/openchat_3.5', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('teknium/OpenHermes-2.5-Mistral-7B', 7_241_748_480, 'recalled', [4096, 32, 32, 8, 128, 14336, 32002]),
  mistral('unsloth/mistral-7b', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  mistral('unsloth/zephyr-sft', 7_241_732_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
];
