import type { FileContent } from '../core/source-file.ts';
import { contentOf } from './readable.ts';
import type { Workspace } from './workspace.ts';

/** Files that exist only as text: for tests, and for what comes in on standard input. */
export function inMemoryWorkspace(files: Readonly<Record<string, string | FileContent>>): Workspace {
  const contents = new Map(
    Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? contentOf(file) : file]),
  );
  return {
    list: () => Promise.resolve([...contents.keys()]),
    read: (paths) => {
      const wanted = new Set(paths);
      return Promise.resolve(new Map([...contents].filter(([path]) => wanted.has(path))));
    },
  };
}
