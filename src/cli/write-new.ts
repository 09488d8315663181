import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file where none is, and says what became of it. */
export async function writeNew(
  root: string,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<'written' | 'exists'> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  try {
    await writeFile(join(root, path), text, { flag: 'wx' });
    return 'written';
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    return 'exists';
  }
}
