import { documentLimits, type Document } from '../document/document.ts';
import { parseDocument, syntaxOf } from '../document/parse-document.ts';
import type { Problem } from '../problem.ts';
import type { StatedRun } from '../run/facts.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import type { Format } from './format.ts';
import { accelerate } from './accelerate/index.ts';
import { axolotl } from './axolotl/index.ts';
import { deepspeed } from './deepspeed/index.ts';
import { deepspeedChat } from './deepspeed-chat/index.ts';
import { dstack } from './dstack/index.ts';
import { fairseq } from './fairseq/index.ts';
import { galore } from './galore/index.ts';
import { gptNeox } from './gpt-neox/index.ts';
import { huggingfaceCli } from './huggingface-cli/index.ts';
import { huggingfaceModel } from './huggingface-model/index.ts';
import { huggingfaceTrainer } from './huggingface-trainer/index.ts';
import { kubernetes } from './kubernetes/index.ts';
import { levanter } from './levanter/index.ts';
import { lingua } from './lingua/index.ts';
import { litgpt } from './litgpt/index.ts';
import { llamaFactory } from './llama-factory/index.ts';
import { llamaFactoryV1 } from './llama-factory-v1/index.ts';
import { llmFoundry } from './llm-foundry/index.ts';
import { maxtext } from './maxtext/index.ts';
import { megatronArgs } from './megatron-args/index.ts';
import { megatronBridge } from './megatron-bridge/index.ts';
import { megatronLm } from './megatron-lm/index.ts';
import { msSwift } from './ms-swift/index.ts';
import { nanogpt } from './nanogpt/index.ts';
import { nanotron } from './nanotron/index.ts';
import { nemo } from './nemo/index.ts';
import { nemoAutomodel } from './nemo-automodel/index.ts';
import { nemoRl } from './nemo-rl/index.ts';
import { olmo } from './olmo/index.ts';
import { openClip } from './open-clip/index.ts';
import { openClipCli } from './open-clip-cli/index.ts';
import { openLm } from './open-lm/index.ts';
import { openrlhf } from './openrlhf/index.ts';
import { oumi } from './oumi/index.ts';
import { primeRl } from './prime-rl/index.ts';
import { scalegate } from './scalegate/index.ts';
import { simpletuner } from './simpletuner/index.ts';
import { skypilot } from './skypilot/index.ts';
import { torchtitan } from './torchtitan/index.ts';
import { torchtune } from './torchtune/index.ts';
import { verl } from './verl/index.ts';
import { xtuner } from './xtuner/index.ts';

/** Every dialect that is read, by name. A file belongs to the first that recognizes it; none should recognize another's. */
export const formats: readonly Format[] = [
  accelerate,
  axolotl,
  deepspeed,
  deepspeedChat,
  dstack,
  fairseq,
  galore,
  gptNeox,
  huggingfaceCli,
  huggingfaceModel,
  huggingfaceTrainer,
  kubernetes,
  levanter,
  lingua,
  litgpt,
  llamaFactory,
  llamaFactoryV1,
  llmFoundry,
  maxtext,
  megatronArgs,
  megatronBridge,
  megatronLm,
  msSwift,
  nanogpt,
  nanotron,
  nemo,
  nemoAutomodel,
  nemoRl,
  olmo,
  openClip,
  openClipCli,
  openLm,
  openrlhf,
  oumi,
  primeRl,
  scalegate,
  simpletuner,
  skypilot,
  torchtitan,
  torchtune,
  verl,
  xtuner,
];

/** What one file states, and in which dialect. */
export interface RunReading {
  /** null for a file that is no training config. */
  readonly format: Format | null;
  /** null for a file that is no training config, or that can't be read: then the problems say why. */
  readonly run: StatedRun | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads one file as the training run that it states. `referenced` holds the text of the files that
 * {@link referencesOf} named and that exist, by path. Never throws.
 */
export function readRun(path: string, text: string, referenced: ReadonlyMap<string, string>): RunReading {
  const { document, problems, leniencies } = parseDocument(path, text);
  if (document === null) return { format: looksLikeConfig(path, text), run: null, problems };
  const format = recognize(document);
  if (format === null) return { format: null, run: null, problems: [] };

  const found: Problem[] = [...refusedBy(format, leniencies)];
  const documents = new Map<string, Document>();
  const named = format.references(document).slice();
  for (const name of named) {
    const content = referenced.get(name);
    if (content === undefined || documents.has(name)) continue;
    const other = parseDocument(name, content);
    found.push(...other.problems, ...refusedBy(format, other.leniencies));
    if (other.document === null) continue;
    documents.set(name, other.document);
    named.push(...format.references(other.document));
  }
  if (found.length > 0) return { format, run: null, problems: found };
  const reading = { format, ...format.read(document, documents) };
  return format.launcher === true ? withLaunched(reading, documents, referenced) : reading;
}

/**
 * What a task launches: of several configs that it names the first that trains, under what the task says of its GPUs
 * and over what the launchers say that it names (an accelerate file).
 */
function withLaunched(
  task: RunReading,
  documents: ReadonlyMap<string, Document>,
  texts: ReadonlyMap<string, string>,
): RunReading {
  if (task.run === null) return task;
  const named = [...documents.values()].map((document) => ({ document, format: recognize(document) }));
  const config = named.find(({ format }) => format !== null && format.launcher !== true)?.document;
  const launched = config === undefined ? null : readRun(config.path, texts.get(config.path) ?? '', texts);
  if (launched?.run === null) return { ...task, run: null, problems: launched.problems };
  const launchers = named.flatMap(({ document, format }) =>
    format?.launcher === true ? [format.read(document, documents)] : [],
  );
  const sources = [launched, ...launchers].map((source) => source?.run?.facts ?? {});
  return { ...task, run: { ...task.run, facts: sources.reduce(mergeFacts, task.run.facts) } };
}

/** What the dialect's loader refuses: keys that stand twice, or the first comment or trailing comma in strict JSON. */
function refusedBy({ duplicateKeys, syntaxes }: Format, leniencies: readonly Problem[]): readonly Problem[] {
  const duplicates = leniencies.filter(({ code }) => code === 'duplicate-key');
  const others = leniencies.filter(({ code }) => code !== 'duplicate-key');
  return [
    ...(duplicateKeys === 'refused' ? duplicates : []),
    ...(syntaxes.includes('jsonc') ? [] : others.slice(0, 1)),
  ];
}

/** Paths of the repository that a config names and that must be read with it. */
export function referencesOf(path: string, text: string): readonly string[] {
  const { document } = parseDocument(path, text);
  return document === null ? [] : (recognize(document)?.references(document) ?? []);
}

/** The names of the recipes in a file; none for a file that is one config, or is not read. */
export function recipesOf(path: string, text: string): readonly string[] {
  const { document } = parseDocument(path, text);
  return document === null ? [] : (recognize(document)?.recipes?.(document) ?? []);
}

/** The dialect that a document is written in, told by its content; null for a file that is no training config. */
export function recognize(document: Document): Format | null {
  const syntax = syntaxOf(document.path);
  if (syntax === null) return null;
  return formats.find((format) => format.syntaxes.includes(syntax) && format.recognize(document)) ?? null;
}

/**
 * The dialect that a file was probably meant in which does not parse: the one that has most of its signature in it, and
 * of two the one that comes first.
 */
export function looksLikeConfig(path: string, text: string): Format | null {
  const syntax = syntaxOf(path);
  if (syntax === null) return null;
  const start = text.slice(0, documentLimits.maxCharacters);
  let best: { format: Format; found: number; index: number } | null = null;
  for (const format of formats.filter(({ syntaxes }) => syntaxes.includes(syntax))) {
    const places = format.signature.map((key) => placeOfKey(start, key)).filter((index) => index !== -1);
    if (places.length === 0) continue;
    const [found, index] = [places.length, Math.min(...places)];
    if (best === null || found > best.found || (found === best.found && index < best.index)) {
      best = { format, found, index };
    }
  }
  return best?.format ?? null;
}

function placeOfKey(text: string, key: string): number {
  return text.search(new RegExp(`^[ \\t]*${key}[ \\t]*[:=]|["']${key}["'][ \\t]*[:=]`, 'm'));
}
