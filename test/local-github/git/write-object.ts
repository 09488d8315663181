import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

import type { GitObject } from './object-reader.ts';

/** Writes a loose object as git does (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects), and returns its id. */
export function writeObject(directory: string, type: GitObject['type'], content: Uint8Array): string {
  const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(object).digest('hex');
  const file = join(directory, 'objects', oid.slice(0, 2), oid.slice(2));
  mkdirSync(dirname(file), { recursive: true });
  // In one step, as git does: another process may be reading it
  writeFileSync(`${file}.new`, deflateSync(object, { level: 1 }));
  renameSync(`${file}.new`, file);
  return oid;
}
