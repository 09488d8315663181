import type { ModelShape } from '../run/model-shape.ts';
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
    'awq-int4 w4a16 w8a8 g128 gguf mcore megatron nemo torch tp1 converted',
    'lora qlora checkpoint checkpoints latest unsloth',
  ].flatMap((words) => words.split(' ')),
);

/**
 * The published model of which another one or a local folder is a copy by its name: another owner, fine-tuned, converted
 * or quantized. `TechxGenus/Meta-Llama-3-8B-Instruct-AWQ` is `meta-llama/Meta-Llama-3-8B`; null where the name says no such
 * thing, or fits models of several shapes.
 */
export function findNamesake(id: string): Namesake | null {
  const words = wordsOf(id);
  return namesakes().get(words.join('-')) ?? namesakes().get(`${words.join('-')} of any version`) ?? fineTuneOf(words);
}

/**
 * The model whose whole name, size included, stands within another one: `our-llama-3.1-8b-medical`. Not where the rest
 * names a size of its own, or a kind of model that is built otherwise.
 */
function fineTuneOf(words: readonly string[]): Namesake | null {
  if (words.length > mostWords) return null;
  for (let length = words.length - 1; length >= 2; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const within = words.slice(start, start + length);
      const rest = [...words.slice(0, start), ...words.slice(start + length)];
      if (!within.some(isSize) || rest.some((word) => isSize(word) || otherKinds.has(word))) continue;
      const found = namesakes().get(within.join('-')) ?? null;
      if (found !== null) return found;
    }
  }
  return null;
}

/** Names of models are short; folders of checkpoints may not be. */
const mostWords = 24;

/** What has other layers than the model that it is named after. */
const otherKinds = new Set(
  'vl vision audio omni moe mamba draft eagle medusa embedding reranker prm lite mini nano tiny'.split(' '),
);

/** `8b`, `0.5b`, `350m`. */
function isSize(word: string): boolean {
  return /^\d{1,4}(?:\.\d{1,2})?[bm]$/.test(word);
}

/** The words of a name without those of copies, and without the folders, owner or cache in front of it. */
function wordsOf(id: string): string[] {
  const last = withoutEnd(id.trim(), '/').split('/').at(-1) ?? '';
  // Hub caches write `models--org--Name`, other tools `org__Name`; torchtitan and ollama write `llama3:8B`
  const name = last.split(/--|__/).at(-1) ?? '';
  const words = name.toLowerCase().split(/[-_:\s]/);
  return words.filter((word) => word !== '' && !wordsOfCopies.has(word) && !isReleaseDate(word)).flatMap(versionApart);
}

/** People write `llama2` and `llama-2`, `phi3` and `phi-3`, `llama7b` and `llama-7b`: one name. */
function versionApart(word: string): string[] {
  const digits = word.search(/\d/);
  return digits < 3 || /[^a-z]/.test(word.slice(0, digits)) ? [word] : [word.slice(0, digits), word.slice(digits)];
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

/**
 * Of equal models the first by name; null where models of one stem have several shapes. A name without its version,
 * `vicuna-7b`, is known where all versions are alike.
 */
function byStem(): ReadonlyMap<string, Namesake | null> {
  const stems = new Map<string, Namesake | null>();
  for (const { ids, shape } of models) {
    for (const [id, stem] of ids.flatMap((name) => stemsOf(name).map((known) => [name, known] as const))) {
      const other = stems.get(stem);
      const isSame = other !== null && (other === undefined || JSON.stringify(other.shape) === JSON.stringify(shape));
      if (!isSame) stems.set(stem, null);
      else if (other === undefined || id.toLowerCase() < other.id.toLowerCase()) stems.set(stem, { id, shape });
    }
  }
  return stems;
}

function stemsOf(id: string): string[] {
  const words = wordsOf(id);
  const unversioned = words.filter((word) => !/^v\d+(?:\.\d+)?$/.test(word));
  return [words.join('-'), `${unversioned.join('-')} of any version`];
}
