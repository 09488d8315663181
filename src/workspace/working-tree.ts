import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileContent } from '../core/source-file.ts';
import { bufferContent } from './git-commit.ts';
import { gitFields } from './git.ts';
import { whyUnreadable } from './readable.ts';
import type { Workspace } from './workspace.ts';

/**
 * The files of a repository as they lie on the disk: tracked ones, and new ones that are not ignored. Which there are is
 * asked once; a file is read when it is asked for.
 */
export function workingTree(root: string): Workspace {
  let listing: Promise<readonly string[]> | null = null;
  const files = () => (listing ??= listFiles(root));
  return {
    list: files,
    read: async (paths) => {
      const tracked = new Set(await files());
      const contents = new Map<string, FileContent>();
      for (const path of new Set(paths)) {
        const content = tracked.has(path) ? await readContent(join(root, path)) : null;
        if (content !== null) contents.set(path, content);
      }
      return contents;
    },
  };
}

async function listFiles(root: string): Promise<string[]> {
  const paths = await gitFields(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ]);
  const deleted = new Set(await gitFields(root, ['ls-files', '-z', '--deleted']));
  return paths.filter((path) => !deleted.has(path));
}

async function readContent(file: string): Promise<FileContent | null> {
  const stats = await lstat(file).catch(() => null);
  if (stats === null) return null;
  if (stats.isSymbolicLink()) return whyUnreadable('120000', null);
  // A submodule is listed as a file and lies there as a folder.
  if (stats.isDirectory()) return whyUnreadable('160000', null);
  if (!stats.isFile()) return { unreadable: 'is not a regular file' };
  return whyUnreadable('100644', stats.size) ?? bufferContent(await readFile(file));
}
