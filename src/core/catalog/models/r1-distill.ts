import { modelFamily, type CatalogModel } from '../model-family.ts';

const llama = modelFamily('llama', {});
const qwen2 = modelFamily('qwen2', { qkvBias: true });
const qwen3 = modelFamily('qwen3', { qkNorm: true });

/** DeepSeek R1 distilled into Llama 3, Qwen2.5 and Qwen3. */
export const r1DistillModels: readonly CatalogModel[] = [
  qwen3('deepseek-ai/DeepSeek-R1-0528-Qwen3-8B', 8_190_735_360, 'recalled', [4096, 36, 32, 8, 128, 12288, 151936]),
  llama('deepseek-ai/DeepSeek-R1-Distill-Llama-70B', 70_553_706_496, 'litgpt', [8192, 80, 64, 8, 128, 28672, 128256]),
  llama('deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 8_030_261_248, 'litgpt', [4096, 32, 32, 8, 128, 14336, 128256]),
  qwen2('deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B', 1_777_088_000, 'recalled', [1536, 28, 12, 2, 128, 8960, 151936]),
  qwen2('deepseek-ai/DeepSeek-R1-Distill-Qwen-14B', 14_770_033_664, 'recalled', [5120, 48, 40, 8, 128, 13824, 152064]),
  qwen2('deepseek-ai/DeepSeek-R1-Distill-Qwen-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('deepseek-ai/DeepSeek-R1-Distill-Qwen-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
];
