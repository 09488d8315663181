import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileContent } from '../core/source-file.ts';
import { bufferContent } from './git-commit.ts';
import { whyUnreadable } from './readable.ts';
import type { Workspace } from './workspace.ts';

/** Folders that hold other people's files, or git's own. */
const skipped = new Set(['.git', 'node_modules', '.venv', '__pycache__']);

/** The files below a folder as they lie on the disk, in a repository or not. */
export function folder(root: string): Workspace {
  return {
    list: () => listBelow(root, root),
    read: async (paths) => {
      const contents = new Map<string, FileContent>();
      for (const path of new Set(paths)) {
        const content = await readContent(join(root, path));
        if (content !== null) contents.set(path, content);
      }
      return contents;
    },
  };
}

async function listBelow(root: string, directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new Error(`the folder ${directory} can't be listed`, { cause });
  });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listBelow(root, path);
      return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
    }),
  );
  return lists.flat().sort();
}

/**
 * What lies at a path; null where nothing does. Symbolic links are followed: whoever runs this owns the disk. Devices
 * and pipes are not read, which might never end.
 */
async function readContent(file: string): Promise<FileContent | null> {
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) return whyUnreadable('040000', null);
    if (!stats.isFile()) return { unreadable: 'is not a regular file' };
    return whyUnreadable('100644', stats.size) ?? bufferContent(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return { unreadable: code === 'EACCES' ? 'may not be read by you' : `cannot be read (${String(code)})` };
  }
}
