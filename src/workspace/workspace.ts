import type { FileContent } from '../core/source-file.ts';

/** The files of one repository at one commit, or in its working tree. */
export interface Workspace {
  /** Paths of all files. Throws when they can't be listed in full: a part would pass for the whole. */
  list(): Promise<readonly string[]>;
  /** Contents by path, in as few reads as possible; a path that does not exist is not in the map. */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, FileContent>>;
}
