import { modelFamily, type CatalogModel } from '../model-family.ts';

const deepseek = modelFamily('llama', {});

/** DeepSeek LLM and Coder: Llama architecture. */
export const deepseekModels: readonly CatalogModel[] = [
  deepseek('deepseek-ai/deepseek-coder-1.3b-base', 1_346_471_936, 'recalled', [2048, 24, 16, 16, 128, 5504, 32256]),
  deepseek('deepseek-ai/deepseek-coder-33b-base', 33_342_991_360, 'recalled', [7168, 62, 56, 8, 128, 19200, 32256]),
  deepseek('deepseek-ai/deepseek-coder-6.7b-base', 6_740_512_768, 'unchecked', [4096, 32, 32, 32, 128, 11008, 32256]),
  deepseek(
    'deepseek-ai/deepseek-coder-6.7b-instruct',
    6_740_512_768,
    'unchecked',
    [4096, 32, 32, 32, 128, 11008, 32256],
  ),
  deepseek('deepseek-ai/deepseek-llm-67b-base', 67_425_001_472, 'recalled', [8192, 95, 64, 8, 128, 22016, 102400]),
  deepseek('deepseek-ai/deepseek-llm-7b-base', 6_910_365_696, 'recalled', [4096, 30, 32, 32, 128, 11008, 102400]),
  deepseek('deepseek-ai/deepseek-llm-7b-chat', 6_910_365_696, 'unchecked', [4096, 30, 32, 32, 128, 11008, 102400]),
];
