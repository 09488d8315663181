import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findModel, similarModel } from '../core/catalog/model.ts';
import { nearest } from '../core/document/nearest.ts';
import type { Problem } from '../core/problem.ts';
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
  if (findModel(target) === null) return { ...location, hint: await hintFor(target, directory) };
  const text = `scalegate: 1\nname: ${JSON.stringify(target)}\nmodel: { id: ${JSON.stringify(target)} }\n`;
  const here = await locate(directory, join(directory, 'model.yaml'));
  return { ...withText(here, text), calledAs: target };
}

/** The model of the catalog, or the file of the same folder, that may have been meant; null for none. */
async function hintFor(target: string, directory: string): Promise<string | null> {
  const model = similarModel(target);
  if (model !== null) return `For a model of the catalog, did you mean "${model}"?`;
  const path = resolve(directory, target);
  const near = nearest(basename(path), await readdir(dirname(path)).catch(() => []));
  return near === null ? null : `Did you mean "${join(dirname(target), near)}"?`;
}

/** A place with this text, whatever lies there. */
function withText({ surroundings, path }: Location, text: string): Location {
  const workspace = withFile(surroundings.workspace, { path, content: contentOf(text) });
  return { surroundings: { ...surroundings, workspace }, path, isFolder: false, exists: true };
}

/** Problems, with what may have been meant where they do not say what to do. */
export function withHint(problems: readonly Problem[], hint: string | null): readonly Problem[] {
  return hint === null ? problems : problems.map((problem) => ({ ...problem, hint: problem.hint ?? hint }));
}
