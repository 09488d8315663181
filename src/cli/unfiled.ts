import { join } from 'node:path';
import { findModel, similarModel } from '../core/catalog/model.ts';
import { endingFor } from '../core/reading/ending-for.ts';
import { contentOf } from '../workspace/readable.ts';
import { withFile } from '../workspace/with-file.ts';
import { locate, type Location } from './surroundings.ts';
import type { Terminal } from './terminal.ts';

/** Where a target of the command line is: a file or folder, standard input (`-`), or a model of the catalog by its id. */
export async function locateTarget(
  { directory, input }: Pick<Terminal, 'directory' | 'input'>,
  target: string,
): Promise<Location> {
  if (target === '-') {
    const text = await input();
    return withText(await locate(directory, `stdin${endingFor(text)}`), text);
  }
  const location = await locate(directory, target);
  if (location.exists) return location;
  if (findModel(target) === null) return { ...location, meant: similarModel(target) };
  const text = `scalegate: 1\nname: ${JSON.stringify(target)}\nmodel: { id: ${JSON.stringify(target)} }\n`;
  const here = await locate(directory, join(directory, 'model.yaml'));
  return { ...withText(here, text), calledAs: target };
}

/** A place with this text, whatever lies there. */
function withText({ surroundings, path }: Location, text: string): Location {
  const workspace = withFile(surroundings.workspace, { path, content: contentOf(text) });
  return { surroundings: { ...surroundings, workspace }, path, isFolder: false, exists: true };
}
