import { parseDocument } from '../document/parse-document.ts';
import type { Format } from '../formats/format.ts';
import { readLayers } from '../formats/read-layers.ts';
import { sourceFiles } from '../formats/source-files.ts';
import type { Problem } from '../problem.ts';
import { withLaunched, findLaunched, withSlurmGpu } from './launched.ts';
import { openConfig, existing } from './open-config.ts';
import { looksLikeConfig, type OwnFormats } from './recognize.ts';
import type { RunReading } from './run-reading.ts';

/**
 * Reads one file as the training run that it states, put together with the files that it includes. `referenced` holds
 * the text of the files that {@link referencesOf} named and that exist, by path; `unread` says why others that exist
 * have no text; `own` are the formats that the policy maps. Never throws.
 */
export function readRun(
  path: string,
  text: string,
  referenced: ReadonlyMap<string, string>,
  unread: ReadonlyMap<string, string> = new Map(),
  own: OwnFormats = [],
): RunReading {
  const { document, problems, leniencies } = parseDocument(path, text);
  if (document === null) return { format: looksLikeConfig(path, text, own), run: null, problems };
  const files = sourceFiles(referenced, unread);
  const config = openConfig([{ document, text }], files, own);
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
    return withLaunched(task, document, config.documents, files, own);
  }
  const result = readLayers(config.layers, path, (composed) =>
    withSlurmGpu(format.read(composed, config.documents), document),
  );
  return { format, run: result.run, problems: [...config.unknown, ...result.problems], ...builtOn };
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
  own: OwnFormats = [],
): readonly string[] {
  const { document } = parseDocument(path, text);
  if (document === null) return [];
  const files = sourceFiles(known, new Map());
  const { format, named } = openConfig([{ document, text }], files, own);
  const launches = format?.launches?.(document) ?? [];
  const launched = findLaunched(launches, files, own)?.config.named ?? [];
  return [...new Set([...named, ...launches.flatMap(({ configs }) => configs.flat()), ...launched])];
}
