/**
 * Bits of the weights of a checkpoint that is quantized by its name, as `Qwen2.5-72B-Instruct-GPTQ-Int4`,
 * `llama-3-8b-bnb-4bit` and `…-NVFP4` are; null for any other.
 */
export function prequantizedBits(modelId: string): 4 | 8 | null {
  const words = modelId
    .slice(0, 200)
    .toLowerCase()
    .split(/[-_./\s]/);
  if (words.some((word) => eightBits.has(word))) return 8;
  return words.some((word) => fourBits.has(word)) ? 4 : null;
}

const eightBits: ReadonlySet<string> = new Set(['int8', '8bit', 'fp8', 'w8a8', 'w8a16', 'mxfp8']);
const fourBits: ReadonlySet<string> = new Set([
  'gptq',
  'awq',
  'int4',
  '4bit',
  'nvfp4',
  'mxfp4',
  'w4a16',
  'w4a4',
  'nf4',
]);
