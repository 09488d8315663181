/**
 * The paths in the repository that a relative path may mean: from its root, where training is usually started, then
 * from the folder of the config that names it. A way that leads out of the repository is none.
 */
export function repositoryPaths(written: string, configPath: string): string[] {
  const folder = configPath.split('/').slice(0, -1);
  const ways = [follow([], written), follow(folder, written)];
  return [...new Set(ways.filter((path) => path !== null))];
}

/** Whether a path is relative, so that the repository may hold it. */
export function isRelative(written: string): boolean {
  return written !== '' && !/^(?:[/~\\]|[a-z]+:)|[$\0]/i.test(written);
}

function follow(from: readonly string[], written: string): string | null {
  const path = [...from];
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return null;
  }
  return path.join('/');
}
