import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { unpackPackage } from './debian-package.ts';

export interface PostgresPrograms {
  /** The folder in which they are. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Those of the machine, else those of Debian's package; or why there are none. */
export async function findPostgresPrograms(): Promise<PostgresPrograms | string> {
  const installed = programsBelow('/');
  if (installed !== null) return { folder: installed, env: process.env };
  const unpacked = await unpackPackage('postgresql');
  if (typeof unpacked === 'string') return unpacked;
  const folder = programsBelow(unpacked.root);
  return folder === null ? "Debian's package of PostgreSQL has no programs" : { folder, env: unpacked.env };
}

/** Of the newest version; they are not on the PATH, where Debian has several versions beside each other. */
function programsBelow(root: string): string | null {
  const found = globSync(`${root}/usr/lib/postgresql/*/bin/initdb`);
  const newest = found.sort((one, other) => versionOf(one) - versionOf(other)).at(-1);
  return newest === undefined ? null : dirname(newest);
}

function versionOf(path: string): number {
  return Number(/postgresql\/(\d+)\//.exec(path)?.[1] ?? 0);
}
