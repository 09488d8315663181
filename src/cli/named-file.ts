import { resolve } from 'node:path';
import type { SourceFile } from '../core/source-file.ts';
import { workingTree } from '../workspace/working-tree.ts';
import { pathWithin } from './surroundings.ts';

/** The file of a repository that an option names, seen from the working directory, as it lies on the disk. */
export async function namedFile(option: string, named: string, root: string, directory: string): Promise<SourceFile> {
  const path = pathWithin(root, resolve(directory, named));
  const content = (await workingTree(root).read([path])).get(path);
  if (content === undefined) throw new Error(`${option}: there is no file ${named}`);
  return { path, content };
}
