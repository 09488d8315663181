import { documentLimits, type Document } from '../document/document.ts';
import { syntaxOf } from '../document/parse-document.ts';
import type { Format } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { mappedFormat } from '../formats/mapped-format.ts';
import { matchesAny } from '../glob/matches-any.ts';
import type { Mapping } from '../run/mapping.ts';
import type { OpenedFiles } from './opened-files.ts';

/** The formats of a team's own, as its policy maps them; of several for one file the first counts. */
export type OwnFormats = readonly Mapping[];

/** The names of the recipes in a file of Python; none for a file that is one config, or is not read. */
export function recipesOf(path: string, files: OpenedFiles): readonly string[] {
  const document = syntaxOf(path) === 'python' ? (files.parsed(path)?.document ?? null) : null;
  return document === null ? [] : (recognize(document)?.recipes?.(document) ?? []);
}

/**
 * The dialect that a document is written in, told by its content, or by the policy for a file with keys that it maps;
 * null for a file that is no training config.
 */
export function recognize(document: Document, own: OwnFormats = []): Format | null {
  const mapped = ownFormat(document.path, own);
  if (mapped?.recognize(document) === true) return mapped;
  const written = formats.filter((format) => isWrittenIn(format, document));
  const found = written.filter((format) => format.guesses !== true && format.recognize(document));
  // A script that names a config may itself state the run.
  const known = found.find((format) => format.launcher !== true) ?? found[0];
  return known ?? written.find((format) => format.guesses === true && format.recognize(document)) ?? null;
}

/** The launcher that a document is, whatever else it states; null for one that starts no config. */
export function recognizeLauncher(document: Document): Format | null {
  // Whether a script starts a config may only be told by the program that it starts
  const isScript = syntaxOf(document.path) === 'shell';
  const isLauncher = (format: Format): boolean =>
    format.launches !== undefined && (isScript || format.recognize(document));
  return formats.find((format) => isWrittenIn(format, document) && isLauncher(format)) ?? null;
}

function ownFormat(path: string, own: OwnFormats): Format | null {
  const mapping = own.find(({ files }) => matchesAny(files, path));
  return mapping === undefined ? null : mappedFormat(mapping);
}

export function isWrittenIn({ syntaxes }: Format, { path }: Document): boolean {
  const syntax = syntaxOf(path);
  return syntax !== null && syntaxes.includes(syntax);
}

/**
 * The dialect that a file was probably meant in which does not parse: the one that has most of its signature in it, and
 * of two the one that comes first.
 */
export function looksLikeConfig(path: string, text: string, own: OwnFormats = []): Format | null {
  const syntax = syntaxOf(path);
  if (syntax === null) return null;
  const mapped = ownFormat(path, own);
  if (mapped !== null) return mapped;
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
