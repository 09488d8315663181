import type { OpenedFiles } from './reading/opened-files.ts';
import { recipesOf } from './reading/recognize.ts';
import { recipePath } from './recipe-path.ts';

/** A file that differs between two commits. A rename is one changed file with two paths. */
export interface ChangedFile {
  readonly path: string;
  /** The path before, where it differs. */
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'removed';
}

/** The two sides of a change. */
export interface BothSides {
  readonly base: OpenedFiles;
  readonly head: OpenedFiles;
}

/** The path of a changed file at the base; null where it is new. */
export function basePath({ path, previousPath, status }: ChangedFile): string | null {
  return status === 'added' ? null : (previousPath ?? path);
}

/** The path of a changed file at the head; null where it is gone. */
export function headPath({ path, status }: ChangedFile): string | null {
  return status === 'removed' ? null : path;
}

/** A change of a file that holds several configs is one of each; any other stays what it is. */
export function changesByRecipe(change: ChangedFile, { base, head }: BothSides): ChangedFile[] {
  const { path, previousPath } = change;
  const before = recipesAt(basePath(change), base);
  const after = recipesAt(headPath(change), head);
  if (before.length < 2 && after.length < 2) return [change];
  return [...new Set([...after, ...before])].map((recipe) => ({
    path: recipePath(path, recipe),
    previousPath: previousPath === null ? null : recipePath(previousPath, recipe),
    status: !before.includes(recipe) ? 'added' : after.includes(recipe) ? 'modified' : 'removed',
  }));
}

function recipesAt(path: string | null, files: OpenedFiles): readonly string[] {
  return path === null ? [] : recipesOf(path, files);
}
