import { expect, test } from 'vitest';
import { models } from './models/index.ts';
import { findNamesake } from './namesake.ts';

test.each([
  ['TechxGenus/Meta-Llama-3-8B-Instruct-AWQ', 'meta-llama/Meta-Llama-3-8B'],
  ['hugging-quants/Meta-Llama-3.1-405B-BNB-NF4-BF16', 'meta-llama/Llama-3.1-405B'],
  ['TheBloke/Llama-2-7B-fp16', 'meta-llama/Llama-2-7b'],
  ['someone/Mixtral-8x7B-v0.1-GPTQ', 'mistralai/Mixtral-8x7B-Instruct-v0.1'],
  ['deepseek-ai/DeepSeek-V3-0324-BF16', 'deepseek-ai/DeepSeek-V3'],
  ['bert-base-uncased', 'google-bert/bert-base-uncased'],
  ['/mnt/models/Qwen2.5-3B-Instruct/', 'Qwen/Qwen2.5-3B'],
  ['someone/Qwen3-0.6B-Reverse-Text-SFT', 'Qwen/Qwen3-0.6B'],
  ['our-org/acme-llama-3.1-8b-support-v2', 'meta-llama/Llama-3.1-8B'],
  ['Qwen3-30B-A3B-mcore', 'Qwen/Qwen3-30B-A3B'],
  ['/cache/models--Qwen--Qwen2.5-7B-Instruct', 'Qwen/Qwen2.5-7B'],
  ['/data/Qwen__Qwen2.5-7B', 'Qwen/Qwen2.5-7B'],
  ['./checkpoints/vicuna-7b', 'lmsys/vicuna-7b-v1.3'],
  ['/cluster/ours_llama2-7b-hf', 'meta-llama/Llama-2-7b'],
  ['models/llama3.1_8b', 'meta-llama/Llama-3.1-8B'],
  ['Phi3-mini-4k-instruct', 'microsoft/Phi-3-mini-4k-instruct'],
])('%s is a copy of %s', (id, original) => {
  expect(findNamesake(id)?.id).toBe(original);
});

test.each([
  ['another size', 'meta-llama/Llama-2-9b-hf'],
  ['another version', 'meta-llama/Llama-2.5-7b-hf'],
  ['images', 'someone/Llama-2-7b-vision'],
  ['a lighter model', 'someone/DeepSeek-V3-Lite'],
  ['two sizes', 'someone/Llama-2-7b-to-1b'],
  ['a part of another kind', 'someone/Qwen2.5-7B-eagle'],
  ['shapes of which there are several', 'someone/Mixtral-8x22B-Instruct-v0.1-AWQ'],
  ['no model at all', './checkpoints/llama'],
  ['nothing', ''],
  ['what objects have of themselves', '__proto__'],
])('a name that says %s is no copy: %s', (_, id) => {
  expect(findNamesake(id)).toBeNull();
});

test('no name leads to another shape than that of the model that has it', () => {
  const wrong = models.filter(({ ids, shape }) =>
    ids.some((id) => JSON.stringify(findNamesake(id)?.shape ?? shape) !== JSON.stringify(shape)),
  );
  expect(wrong).toEqual([]);
});
