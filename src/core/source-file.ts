import { startOf, type Problem } from './problem.ts';

/** A file at one commit: its text, or why there is none to read. */
export type FileContent = { readonly text: string } | { readonly unreadable: string };

/** A file with its place in the repository. */
export interface SourceFile {
  readonly path: string;
  readonly content: FileContent;
}

/** A file with its text; null where there is none to read, which {@link whyUnread} reports. */
export function readable(file: SourceFile | null): { readonly path: string; readonly text: string } | null {
  return file !== null && 'text' in file.content ? { path: file.path, text: file.content.text } : null;
}

/** The problem of a file that has to be a config, and is none of any dialect. */
export function unknownDialect(
  path: string,
  hint = 'See docs/formats.md for the formats; `scalegate: 1` marks one of its own.',
): Problem {
  const message = 'this file is not a training config of any format that scalegate reads.';
  return { code: 'unknown-dialect', place: startOf(path), key: null, message, hint };
}

/** The texts of the files that have one, by path. */
export function textsOf(files: readonly SourceFile[]): Map<string, string> {
  return new Map(files.flatMap(({ path, content }) => ('text' in content ? [[path, content.text]] : [])));
}

/** The problem of a file that cannot be read; none for one that can, or that does not exist. */
export function whyUnread(file: SourceFile | null): readonly Problem[] {
  if (file === null || 'text' in file.content) return [];
  const message = `this file ${file.content.unreadable}.`;
  return [{ code: 'unreadable', place: startOf(file.path), key: null, message, hint: null }];
}
