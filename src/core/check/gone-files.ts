import { basePath, headPath } from '../change.ts';
import { startOf, type Problem } from '../problem.ts';
import { namedBy, openFile } from '../reading/open-file.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { CheckInput } from './check-input.ts';

/** As many as a line holds. */
const mostNamed = 5;

/** Files that the pull request deletes or moves, and that launchers or configs of the head still name, which would fail. */
export function filesThatAreGone({ changes, dependents = [], sides }: CheckInput): Problem[] {
  const present = [...changes.map(headPath), ...dependents.map(({ path }) => path)].filter((path) => path !== null);
  return changes.flatMap((change): Problem[] => {
    const path = basePath(change);
    if (path === null || sides.head.content(path) !== null || sides.base.text(path) === null) return [];
    const naming = present.filter((other) => isMissedBy(other, path, sides.head));
    if (naming.length === 0) return [];
    const named = naming.slice(0, mostNamed).join(', ');
    const more = naming.length > mostNamed ? ` and ${naming.length - mostNamed} more` : '';
    const is = change.status === 'removed' ? 'this file is deleted' : `this file is moved to ${change.path}`;
    const still = `${naming.length === 1 ? 'a file still names' : `${naming.length} files still name`} it`;
    return [
      {
        code: 'named-file-gone',
        place: startOf(path),
        key: null,
        message: `${is}, and ${still}: ${named}${more}.`,
        hint: 'Keep it, or change what names it.',
      },
    ];
  });
}

/** Whether a file names the path and finds nothing in its place; what reports a missing include says so itself. */
function isMissedBy(other: string, path: string, files: OpenedFiles): boolean {
  const opened = openFile(other, files);
  if (opened === null || opened.config.problems.some(({ code }) => code === 'missing-include')) return false;
  const named = namedBy(opened);
  const isSame = (one: string): boolean => one !== path && lastOf(one) === lastOf(path) && files.content(one) !== null;
  return named.includes(path) && !named.some(isSame);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
