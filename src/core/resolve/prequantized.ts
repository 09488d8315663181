/**
 * Bits of the weights of a checkpoint that is quantized by its name, as `Qwen2.5-72B-Instruct-GPTQ-Int4`,
 * `llama-3-8b-bnb-4bit` and `…-NVFP4` are; null for any other.
 */
export function prequantizedBits(modelId: string): 4 | 8 | null {
  const words = wordsOf(modelId);
  if (words.some((word) => eightBits.has(word))) return 8;
  return words.some((word) => fourBits.has(word)) ? 4 : null;
}

/**
 * How a checkpoint that is quantized by its name was written: AWQ, or else in a format that packs every linear layer,
 * experts too, as GPTQ's does; null where the name says bitsandbytes, which quantizes while it loads.
 */
export function prequantizedKind(modelId: string): 'awq' | 'gptq' | null {
  const words = wordsOf(modelId);
  if (words.includes('awq')) return 'awq';
  const isOfBitsandbytes = !words.includes('gptq') && words.some((word) => ofBitsandbytes.has(word));
  return prequantizedBits(modelId) === null || isOfBitsandbytes ? null : 'gptq';
}

function wordsOf(modelId: string): string[] {
  return modelId
    .slice(0, 200)
    .toLowerCase()
    .split(/[-_./\s]/);
}

const ofBitsandbytes: ReadonlySet<string> = new Set(['bnb', 'nf4', '4bit', '8bit']);
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
