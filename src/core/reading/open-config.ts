import { compose, type Source } from '../compose/compose.ts';
import type { Part } from '../compose/include.ts';
import { interpolate } from '../compose/interpolate.ts';
import { withoutNames } from '../compose/layers.ts';
import type { Document } from '../document/document.ts';
import type { Format, Launch } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { merged } from '../formats/read-layers.ts';
import type { Problem } from '../problem.ts';
import type { OpenedFiles } from './opened-files.ts';
import { recognize, isWrittenIn } from './recognize.ts';

/** A config with all that it is read with. */
export interface OpenConfig {
  readonly layers: readonly Document[];
  readonly format: Format | null;
  /** Documents that it names and does not include, by path. */
  readonly documents: ReadonlyMap<string, Document>;
  /** Paths that it includes or names, whether they exist or not. */
  readonly named: readonly string[];
  readonly included: ReadonlySet<string>;
  /** It includes what cannot be told by these files. */
  readonly isOpen: boolean;
  readonly problems: readonly Problem[];
  /** Problems that leave a value unknown. */
  readonly unknown: readonly Problem[];
}

/** Puts a config of one or several files together, recognizes it, and finds what it names; `over` is what changes it. */
export function openConfig(
  sources: readonly Source[],
  files: OpenedFiles,
  over: Pick<Launch, 'overrides' | 'choices'> = { overrides: null, choices: new Map() },
): OpenConfig {
  const parts = sources.map((source) => compose(source, files.source, ownParts, over.choices));
  const path = sources.at(-1)?.document.path ?? '';
  const below = parts.flatMap((part) => part.layers);
  const overrides = over.overrides === null ? [] : [withoutNames(over.overrides, merged(below, path).value)];
  const layers = [...below, ...overrides];
  const { document, problems } = interpolate(merged(layers, path));
  const { own } = files;
  const format =
    recognize(document, own) ?? (sources.length === 1 ? recognize(sources[0]?.document ?? document, own) : null);
  const named = new Set<string>();
  const documents = new Map<string, Document>();
  const ask = (names: readonly string[]): void => {
    for (const name of names) {
      if (named.has(name)) continue;
      named.add(name);
      const source = files.source(name);
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
    isOpen: parts.some((part) => part.isOpen),
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

export function existing(paths: readonly string[], files: OpenedFiles): string[] {
  return paths.filter((path) => files.content(path) !== null);
}
