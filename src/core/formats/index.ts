import { compose, type Files, type Source } from '../compose/compose.ts';
import type { Part } from '../compose/include.ts';
import { interpolate } from '../compose/interpolate.ts';
import { withoutNames } from '../compose/layers.ts';
import { documentLimits, type Document } from '../document/document.ts';
import { parseDocument, syntaxOf } from '../document/parse-document.ts';
import type { Problem } from '../problem.ts';
import type { Facts, StatedRun } from '../run/facts.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { duplicatesIn } from './duplicates-in.ts';
import type { Format, Launch, ReadResult } from './format.ts';
import { slurmGpuType } from './launcher.ts';
import { merged, readLayers } from './read-layers.ts';
import { sourceFiles } from './source-files.ts';
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
import { launchScript } from './launch-script/index.ts';
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
  launchScript,
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
  /** Paths of the other files that it was read with, if any. */
  readonly builtOn?: readonly string[];
}

/**
 * Reads one file as the training run that it states, put together with the files that it includes. `referenced` holds
 * the text of the files that {@link referencesOf} named and that exist, by path; `unread` says why others that exist
 * have no text. Never throws.
 */
export function readRun(
  path: string,
  text: string,
  referenced: ReadonlyMap<string, string>,
  unread: ReadonlyMap<string, string> = new Map(),
): RunReading {
  const { document, problems, leniencies } = parseDocument(path, text);
  if (document === null) return { format: looksLikeConfig(path, text), run: null, problems };
  const files = sourceFiles(referenced, unread);
  const config = openConfig([{ document, text }], files);
  const { format } = config;
  const others = existing(config.named, files);
  const builtOn = others.length === 0 ? {} : { builtOn: others };
  if (format === null) return { format, run: null, problems: config.problems, ...builtOn };

  const named = config.named.flatMap((name) => {
    const content = config.included.has(name) ? undefined : referenced.get(name);
    return content === undefined ? [] : [parseDocument(name, content)];
  });
  const found = [
    ...config.problems,
    ...refusedBy(format, leniencies),
    ...named.flatMap((other) => [...other.problems, ...refusedBy(format, other.leniencies)]),
  ];
  if (found.length > 0) return { format, run: null, problems: found, ...builtOn };
  if (format.launcher === true) {
    const task = { format, ...withSlurmGpu(format.read(document, config.documents), document), ...builtOn };
    return withLaunched(task, document, config.documents, files);
  }
  const result = readLayers(config.layers, path, (composed) =>
    withSlurmGpu(format.read(composed, config.documents), document),
  );
  return { format, run: result.run, problems: [...config.unknown, ...result.problems], ...builtOn };
}

/** What a script asks Slurm for, whatever it starts. */
function withSlurmGpu(result: ReadResult, document: Document): ReadResult {
  const type = slurmGpuType(document);
  if (result.run === null || type === null) return result;
  return { ...result, run: { ...result.run, facts: mergeFacts(result.run.facts, { 'hardware.gpu': type }) } };
}

/** A config with all that it is read with. */
interface OpenConfig {
  readonly layers: readonly Document[];
  readonly format: Format | null;
  /** Documents that it names and does not include, by path. */
  readonly documents: ReadonlyMap<string, Document>;
  /** Paths that it includes or names, whether they exist or not. */
  readonly named: readonly string[];
  readonly included: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** Problems that leave a value unknown. */
  readonly unknown: readonly Problem[];
}

/** Puts a config of one or several files together, recognizes it, and finds what it names; `over` is what changes it. */
function openConfig(
  sources: readonly Source[],
  files: Files,
  over: Pick<Launch, 'overrides' | 'choices'> = { overrides: null, choices: new Map() },
): OpenConfig {
  const parts = sources.map((source) => compose(source, files, ownParts, over.choices));
  const path = sources.at(-1)?.document.path ?? '';
  const below = parts.flatMap((part) => part.layers);
  const overrides = over.overrides === null ? [] : [withoutNames(over.overrides, merged(below, path).value)];
  const layers = [...below, ...overrides];
  const { document, problems } = interpolate(merged(layers, path));
  const format = recognize(document) ?? (sources.length === 1 ? recognize(sources[0]?.document ?? document) : null);
  const named = new Set<string>();
  const documents = new Map<string, Document>();
  const ask = (names: readonly string[]): void => {
    for (const name of names) {
      if (named.has(name)) continue;
      named.add(name);
      const source = files(name);
      if (source === undefined || 'why' in source) continue;
      documents.set(name, source.document);
      ask(format?.references(source.document) ?? []);
    }
  };
  ask(format?.references(document) ?? []);
  const asked = parts.flatMap((part) => part.asked);
  return {
    layers,
    format,
    documents,
    named: [...new Set([...asked, ...named])],
    included: new Set(asked),
    problems: parts.flatMap((part) => part.problems),
    unknown: [...parts.flatMap((part) => part.unknown).filter((problem) => isRead(format, problem)), ...problems],
  };
}

function isRead(format: Format | null, { key }: Problem): boolean {
  return format?.unreadKeys?.some((unread) => key === unread || key?.startsWith(`${unread}.`) === true) !== true;
}

/** Where a dialect has its own way to name the files that it builds on. */
function ownParts(document: Document): readonly Part[] | null {
  const format = formats.find(
    (one) => one.parts !== undefined && isWrittenIn(one, document) && one.recognize(document),
  );
  return format?.parts?.(document) ?? null;
}

/**
 * What a task launches: of several configs that it names the first that trains, under what the task says of its GPUs
 * and changes of it, and over what the launchers say that it names (an accelerate file).
 */
function withLaunched(
  task: RunReading,
  document: Document,
  documents: ReadonlyMap<string, Document>,
  files: Files,
): RunReading {
  if (task.run === null) return task;
  const launched = findLaunched(task.format?.launches?.(document) ?? [], files);
  if (launched === null) return task;
  const { config, format, sources } = launched;
  const builtOn = [...new Set([...(task.builtOn ?? []), ...existing(config.named, files), ...sources])];
  const problems = [
    ...config.problems,
    ...(format.duplicateKeys === 'refused-between-files' ? duplicatesIn(config.layers) : []),
  ];
  if (problems.length > 0) return { ...task, run: null, problems, builtOn };
  const result = readLayers(config.layers, sources.at(-1) ?? task.run.path, (composed) =>
    format.read(composed, config.documents),
  );
  if (result.run === null) return { ...task, run: null, problems: result.problems, builtOn };
  const launchers = [...documents.values()].flatMap((other) => {
    const launcher = recognize(other);
    return launcher?.launcher === true && !sources.includes(other.path) ? [launcher.read(other, documents)] : [];
  });
  const weaker = [result, ...launchers].map((source) => source.run?.facts ?? {});
  const facts = weaker.reduce(mergeFacts, task.run.facts);
  return { ...task, run: { ...task.run, facts }, problems: [...config.unknown, ...result.problems], builtOn };
}

/** The first command whose configs exist and make a training config together. */
function findLaunched(
  launches: readonly Launch[],
  files: Files,
): { config: OpenConfig; format: Format; sources: readonly string[] } | null {
  for (const launch of launches) {
    const sources = launch.configs.flatMap((paths): Source[] => {
      const found = paths.map((path) => files(path)).find((source) => source !== undefined && 'document' in source);
      if (found === undefined || !('document' in found)) return [];
      return recognize(found.document)?.launcher === true ? [] : [found];
    });
    if (sources.length === 0) continue;
    const config = openConfig(sources, files, launch);
    const { format } = config;
    if (format === null && config.problems.length === 0) continue;
    if (format !== null && format.launcher !== true) {
      return { config, format, sources: sources.map(({ document }) => document.path) };
    }
  }
  return null;
}

function existing(paths: readonly string[], files: Files): string[] {
  return paths.filter((path) => files(path) !== undefined);
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

/**
 * Paths of the repository that a config includes or names and that must be read with it, as far as that can be told
 * with the files that are `known` already: what those name in turn is found in the next round.
 */
export function referencesOf(
  path: string,
  text: string,
  known: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const { document } = parseDocument(path, text);
  if (document === null) return [];
  const files = sourceFiles(known, new Map());
  const { format, named } = openConfig([{ document, text }], files);
  const launches = format?.launches?.(document) ?? [];
  const launched = findLaunched(launches, files)?.config.named ?? [];
  return [...new Set([...named, ...launches.flatMap(({ configs }) => configs.flat()), ...launched])];
}

/** What a launcher says of the GPUs of one config that it names. */
export interface LaunchedGpus {
  /** The paths that the config may have, the likeliest first. */
  readonly paths: readonly string[];
  /** GPU type, memory and count. */
  readonly facts: Facts;
}

/** The configs that a launcher names, each with its GPUs; nothing for another file. `referenced` as in {@link readRun}. */
export function launchedBy(path: string, text: string, referenced: ReadonlyMap<string, string>): LaunchedGpus[] {
  const { document } = parseDocument(path, text);
  const format = document === null ? null : recognize(document);
  if (document === null || format?.launcher !== true) return [];
  const files = sourceFiles(referenced, new Map());
  const launchers = format.references(document).flatMap((name) => {
    const source = files(name);
    const other = source !== undefined && 'document' in source ? source.document : null;
    const launcher = other === null ? null : recognize(other);
    return other === null || launcher?.launcher !== true ? [] : [launcher.read(other, new Map()).run?.facts ?? {}];
  });
  const own = withSlurmGpu(format.read(document, new Map()), document).run?.facts ?? {};
  return (format.launches?.(document) ?? []).flatMap(({ configs, gpus }) => {
    const type = Object.fromEntries(Object.entries(own).filter(([field]) => field !== 'hardware.count'));
    const stated = gpus === undefined ? own : gpus === null ? type : { ...type, 'hardware.count': gpus };
    const facts = hardwareOf(launchers.reduce(mergeFacts, stated));
    return Object.keys(facts).length === 0 ? [] : configs.map((paths) => ({ paths, facts }));
  });
}

function hardwareOf(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([field]) => field.startsWith('hardware.')));
}

/** Whether a text is that of a config, as it stands. */
export function recognizeText(path: string, text: string): boolean {
  const { document } = parseDocument(path, text);
  return document === null ? looksLikeConfig(path, text) !== null : recognize(document) !== null;
}

/** The names of the recipes in a file; none for a file that is one config, or is not read. */
export function recipesOf(path: string, text: string): readonly string[] {
  const { document } = parseDocument(path, text);
  return document === null ? [] : (recognize(document)?.recipes?.(document) ?? []);
}

/** The dialect that a document is written in, told by its content; null for a file that is no training config. */
export function recognize(document: Document): Format | null {
  const found = formats.filter((format) => isWrittenIn(format, document) && format.recognize(document));
  // A script that names a config may itself state the run.
  return found.find((format) => format.launcher !== true) ?? found[0] ?? null;
}

function isWrittenIn({ syntaxes }: Format, { path }: Document): boolean {
  const syntax = syntaxOf(path);
  return syntax !== null && syntaxes.includes(syntax);
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
