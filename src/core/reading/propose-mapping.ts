import { interpolate } from '../compose/interpolate.ts';
import { guessKeys, type GuessedKey } from '../formats/generic/guess-keys.ts';
import { programConfig } from '../formats/python-program.ts';
import { merged } from '../formats/read-layers.ts';
import type { Problem } from '../problem.ts';
import { openFile } from './open-file.ts';
import type { OpenedFiles } from './opened-files.ts';

/** What the keys of a config would be mapped to by their names, put together with what it includes. */
export function proposeMapping(
  path: string,
  files: OpenedFiles,
): { keys: readonly GuessedKey[]; problems: readonly Problem[] } {
  const opened = openFile(path, files);
  if (opened === null) return { keys: [], problems: files.parsed(path)?.problems ?? [] };
  const { layers, problems } = opened.config;
  const { keys } = guessKeys(programConfig(interpolate(merged(layers, path)).document).value);
  return { keys, problems };
}
