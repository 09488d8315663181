import type { ModelShape } from '../run/training-run.ts';
import { models } from './models/index.ts';
import { withoutEnd } from '../without-end.ts';

/**
 * What the name of a model says of its training, its weights' format or its release, and never of its dimensions. Sizes,
 * version numbers and kinds of input are none of them: a name with another word is another model.
 */
const wordsOfCopies = new Set(
  [
    // Whose release: `meta-llama/Meta-Llama-3.1-8B` is `meta-llama/Llama-3.1-8B` by now
    'meta hf',
    // What it was trained for, and how
    'base instruct chat it sft dpo orpo kto rlhf finetuned ft merged thinking preview abliterated uncensored',
    // How its weights are written
    'awq gptq bnb nf4 fp4 nvfp4 mxfp4 int4 int8 4bit 8bit bf16 fp16 fp32 fp8 quantized dequantized linearized dynamic',
    'lora qlora checkpoint checkpoints latest unsloth',
  ].flatMap((words) => words.split(' ')),
);

/**
 * The published model of which another one or a local folder is a copy by its name: another owner, fine-tuned, or
 * quantized. `TechxGenus/Meta-Llama-3-8B-Instruct-AWQ` is `meta-llama/Meta-Llama-3-8B`; null where the name says no such
 * thing, or fits models of several shapes.
 */
export function findNamesake(id: string): Namesake | null {
  return namesakes().get(stemOf(id)) ?? null;
}

/** The last part of an id or path without the words of copies. */
function stemOf(id: string): string {
  const name = withoutEnd(id.trim(), '/').split('/').at(-1) ?? '';
  const words = name.toLowerCase().split(/[-_]/);
  return words.filter((word) => !wordsOfCopies.has(word) && !isReleaseDate(word)).join('-');
}

/** Year and month, or month and day: 2507, 0324, 1124. */
function isReleaseDate(word: string): boolean {
  return /^(?:2[3-9](?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[0-3]\d)$/.test(word);
}

interface Namesake {
  readonly id: string;
  readonly shape: ModelShape;
}

let known: ReadonlyMap<string, Namesake | null> | null = null;

/** By stem, put together when the first is asked for: most runs name a model of the catalog, and need none. */
function namesakes(): ReadonlyMap<string, Namesake | null> {
  known ??= byStem();
  return known;
}

/** Of equal models the first by name; null where models of one stem have several shapes. */
function byStem(): ReadonlyMap<string, Namesake | null> {
  const stems = new Map<string, Namesake | null>();
  for (const { ids, shape } of models) {
    for (const id of ids) {
      const stem = stemOf(id);
      const other = stems.get(stem);
      const isSame = other !== null && (other === undefined || JSON.stringify(other.shape) === JSON.stringify(shape));
      if (!isSame) stems.set(stem, null);
      else if (other === undefined || id.toLowerCase() < other.id.toLowerCase()) stems.set(stem, { id, shape });
    }
  }
  return stems;
}
