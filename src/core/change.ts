import { recipesOf } from './reading/recognize.ts';
import { recipePath } from './recipe-path.ts';
import type { FileContent } from './source-file.ts';

/** A file that the pull request adds, changes, renames or deletes. */
export interface Change {
  readonly path: string;
  /** Path at the base, where it differs. */
  readonly previousPath: string | null;
  /** null where the file does not exist on that side. */
  readonly base: FileContent | null;
  readonly head: FileContent | null;
}

/** A change of a file that holds several configs is one of each; any other stays what it is. */
export function changesByRecipe(change: Change): Change[] {
  const { path, previousPath, base, head } = change;
  const before = recipesIn(previousPath ?? path, base);
  const after = recipesIn(path, head);
  if (before.length < 2 && after.length < 2) return [change];
  return [...new Set([...after, ...before])].map((recipe) => ({
    path: recipePath(path, recipe),
    previousPath: previousPath === null ? null : recipePath(previousPath, recipe),
    base: before.includes(recipe) ? base : null,
    head: after.includes(recipe) ? head : null,
  }));
}

function recipesIn(path: string, content: FileContent | null): readonly string[] {
  return content !== null && 'text' in content ? recipesOf(path, content.text) : [];
}
