import { expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';
import { prequantizedBits, prequantizedKind } from './prequantized.ts';
import { resolveRun } from './resolve-run.ts';

test.each([
  ['Qwen/Qwen2.5-VL-72B-Instruct-GPTQ-Int4', 4],
  ['Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8', 8],
  ['TheBloke/Llama-2-7B-AWQ', 4],
  ['unsloth/llama-3-8b-bnb-4bit', 4],
  ['nvidia/Llama-3.1-8B-Instruct-NVFP4', 4],
  ['neuralmagic/Meta-Llama-3-8B-FP8', 8],
  ['meta-llama/Llama-3.1-8B', null],
  ['org/bitnet-int4ever', null],
])('%s has %s bits', (id, bits) => {
  expect(prequantizedBits(id)).toBe(bits);
});

test.each([
  ['TheBloke/Mixtral-8x7B-v0.1-AWQ', 'awq'],
  ['Qwen/Qwen3-30B-A3B-GPTQ-Int4', 'gptq'],
  ['org/model-w4a16', 'gptq'],
  ['org/Mixtral-8x7B-GPTQ-4bit-32g', 'gptq'],
  ['org/Mixtral-8x7B-4bit-AWQ', 'awq'],
  ['unsloth/llama-3-8b-bnb-4bit', null],
  ['meta-llama/Llama-3.1-8B', null],
])('%s was packed by %s', (id, kind) => {
  expect(prequantizedKind(id)).toBe(kind);
});

function trainingOf(training: string) {
  const text = `scalegate: 1\nmodel: { id: meta-llama/Llama-2-7b-hf-AWQ }\ntraining: { ${training} }\n`;
  return resolveRun(readRun('run.yaml', text, new Map()).run!, {}, null).run;
}

test('an adapter on such a checkpoint has a base of its width, which is an assumption', () => {
  const run = trainingOf('method: lora');
  expect(run.training).toMatchObject({ method: 'lora', quantization: { bits: 4, double: false } });
  expect(run.assumptions).toContainEqual(expect.objectContaining({ field: 'training.quantization.bits', value: '4' }));
});

test('what is trained of it is unknown where nobody says, and all where somebody does', () => {
  expect(trainingOf('micro_batch_size: 1').training.method).toBe('unknown');
  expect(trainingOf('method: full').training).toMatchObject({ method: 'full', quantization: null });
});
