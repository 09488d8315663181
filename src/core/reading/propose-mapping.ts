import { interpolate } from '../compose/interpolate.ts';
import { parseDocument } from '../document/parse-document.ts';
import { guessKeys, type GuessedKey } from '../formats/generic/guess-keys.ts';
import { programConfig } from '../formats/python-program.ts';
import { merged } from '../formats/read-layers.ts';
import { sourceFiles } from '../formats/source-files.ts';
import type { Problem } from '../problem.ts';
import { openConfig } from './open-config.ts';

/** What the keys of a config would be mapped to by their names, put together with what it includes. */
export function proposeMapping(
  path: string,
  text: string,
  referenced: ReadonlyMap<string, string>,
): { keys: readonly GuessedKey[]; problems: readonly Problem[] } {
  const { document, problems } = parseDocument(path, text);
  if (document === null) return { keys: [], problems };
  const config = openConfig([{ document, text }], sourceFiles(referenced, new Map()), []);
  const { keys } = guessKeys(programConfig(interpolate(merged(config.layers, path)).document).value);
  return { keys, problems: config.problems };
}
