/** What a path that a config writes means from a folder of the repository; null where it leads out of the repository. */
export function pathFrom(folder: string, written: string): string | null {
  if (!isRelative(written)) return null;
  const path = folder === '' ? [] : folder.split('/');
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return null;
  }
  return path.join('/');
}

/** Whether a path is relative, so that the repository may hold it. */
export function isRelative(written: string): boolean {
  return written !== '' && !/^(?:[/~\\]|[a-z]+:)|[$\0]/i.test(written);
}

/** The folder that a file is in; empty for the root of the repository. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** A folder and those above it, nearest first, up to the root of the repository; of a deep one the nearest few. */
export function foldersUpFrom(folder: string, most = 8): string[] {
  const names = folder === '' ? [] : folder.split('/');
  const folders = names.map((_, index) => names.slice(0, names.length - index).join('/'));
  return [...folders, ''].slice(0, most);
}
