import { documentLimits, type Document } from '../document/document.ts';
import { parseDocument, syntaxOf } from '../document/parse-document.ts';
import type { Problem } from '../problem.ts';
import type { StatedRun } from '../run/facts.ts';
import type { Format } from './format.ts';
import { deepspeedChat } from './deepspeed-chat/index.ts';
import { huggingfaceCli } from './huggingface-cli/index.ts';
import { huggingfaceModel } from './huggingface-model/index.ts';
import { huggingfaceTrainer } from './huggingface-trainer/index.ts';
import { megatronLm } from './megatron-lm/index.ts';
import { msSwift } from './ms-swift/index.ts';
import { nanogpt } from './nanogpt/index.ts';
import { openClip } from './open-clip/index.ts';
import { openrlhf } from './openrlhf/index.ts';
import { scalegate } from './scalegate/index.ts';
import { verl } from './verl/index.ts';
import { xtuner } from './xtuner/index.ts';

/** Every dialect that is read, by name. A file belongs to the first that recognizes it; none should recognize another's. */
export const formats: readonly Format[] = [
  deepspeedChat,
  huggingfaceCli,
  huggingfaceModel,
  huggingfaceTrainer,
  megatronLm,
  msSwift,
  nanogpt,
  openClip,
  openrlhf,
  scalegate,
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
  for (const name of format.references(document)) {
    const content = referenced.get(name);
    if (content === undefined) continue;
    const other = parseDocument(name, content);
    if (other.document !== null) documents.set(name, other.document);
    found.push(...other.problems, ...refusedBy(format, other.leniencies));
  }
  if (found.length > 0) return { format, run: null, problems: found };
  return { format, ...format.read(document, documents) };
}

/** Comments and trailing commas, where the dialect's loader reads strict JSON. */
function refusedBy(format: Format, leniencies: readonly Problem[]): readonly Problem[] {
  return format.syntaxes.includes('jsonc') ? [] : leniencies.slice(0, 1);
}

/** Paths of the repository that a config names and that must be read with it. */
export function referencesOf(path: string, text: string): readonly string[] {
  const { document } = parseDocument(path, text);
  return document === null ? [] : (recognize(document)?.references(document) ?? []);
}

/** The dialect that a document is written in, told by its content; null for a file that is no training config. */
export function recognize(document: Document): Format | null {
  const syntax = syntaxOf(document.path);
  if (syntax === null) return null;
  return formats.find((format) => format.syntaxes.includes(syntax) && format.recognize(document)) ?? null;
}

/**
 * The dialect that a file was probably meant in which does not parse: the one whose signature comes first in it. Never
 * one of scripts, which any text is.
 */
export function looksLikeConfig(path: string, text: string): Format | null {
  const syntax = syntaxOf(path);
  if (syntax === 'shell' || syntax === 'python') return null;
  const start = text.slice(0, documentLimits.maxCharacters);
  let first: { format: Format; index: number } | null = null;
  for (const format of formats) {
    if (format.signature.length === 0) continue;
    const keys = format.signature.join('|');
    const index = start.search(new RegExp(`^(?:${keys})[ \\t]*[:=]|["'](?:${keys})["'][ \\t]*[:=]`, 'm'));
    if (index !== -1 && (first === null || index < first.index)) first = { format, index };
  }
  return first?.format ?? null;
}
