import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { folder } from '../workspace/folder.ts';
import { workingTree } from '../workspace/working-tree.ts';
import type { Surroundings } from './surroundings.ts';

/** Paths of the regular files below a folder of its surroundings, in the order of the alphabet. */
export async function filesBelow(surroundings: Surroundings, path: string): Promise<readonly string[]> {
  const known = await filesOfRepository(surroundings, path);
  // A folder of which git knows nothing, because it is ignored, has been named on purpose
  if (known.length > 0) return known;
  const below = await folder(join(surroundings.root, path)).list();
  return below.map((file) => posix.join(path, file));
}

/** Tracked files and new ones; neither what git ignores nor symbolic links, whose targets count by themselves. */
async function filesOfRepository({ root, isRepository }: Surroundings, path: string): Promise<string[]> {
  if (!isRepository) return [];
  const listed = await workingTree(root).list();
  const below = listed.filter((file) => path === '' || file.startsWith(`${path}/`));
  const regular = await Promise.all(below.map((file) => isRegularFile(join(root, file))));
  return below.filter((_, index) => regular[index]).sort();
}

async function isRegularFile(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null))?.isFile() === true;
}
