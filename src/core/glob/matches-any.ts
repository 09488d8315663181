import { fileOf } from '../recipe-path.ts';
import { matchesSequence } from './match-sequence.ts';

/** Whether a path from the root of the repository matches one of the globs; of a recipe that of its file. */
export function matchesAny(globs: readonly string[], path: string): boolean {
  return globs.some((glob) => matches(glob, fileOf(path)));
}

/**
 * `**` stands for any number of folders, `*` for anything but a slash, `?` for one character, `{a,b}` for either; case
 * counts, and dot files are files. Matching goes through the path once with one place to return to, never more: paths
 * come from forks, and a regular expression with a few stars takes seconds on a path of a thousand characters.
 */
function matches(glob: string, path: string): boolean {
  const folders = path.split('/');
  return withoutBraces(glob).some((pattern) =>
    matchesSequence(pattern.split('/'), folders, '**', (part, folder) =>
      matchesSequence(Array.from(part), Array.from(folder), '*', (letter, found) => letter === '?' || letter === found),
    ),
  );
}

/** `{a,b}/{c,d}` → `a/c`, `a/d`, `b/c`, `b/d`. */
function withoutBraces(glob: string): string[] {
  const match = /^([^{}]*)\{([^{}]*)\}(.*)$/s.exec(glob);
  if (match === null) return [glob];
  const [, before = '', choices = '', after = ''] = match;
  const ends = withoutBraces(after);
  return choices.split(',').flatMap((choice) => ends.map((end) => before + choice + end));
}
