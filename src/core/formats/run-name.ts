/** What a run is called that has no name of its own: its file, or the folder of a file called `config`. */
export function nameFromPath(path: string): string {
  const segments = path.split('/');
  const file = (segments.pop() ?? path).replace(/\.[^.]+$/, '');
  return file === 'config' ? (segments.pop() ?? file) : file;
}
