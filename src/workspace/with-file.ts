import type { SourceFile } from '../core/source-file.ts';
import type { Workspace } from './workspace.ts';

/** The same files, and one that is there whatever the commit has at its place. */
export function withFile(workspace: Workspace, { path, content }: SourceFile): Workspace {
  return {
    list: async () => [...new Set([...(await workspace.list()), path])],
    read: async (paths) => {
      const found = await workspace.read(paths.filter((wanted) => wanted !== path));
      return paths.includes(path) ? new Map([...found, [path, content]]) : found;
    },
  };
}
