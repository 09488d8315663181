import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Environment } from './settings.ts';

/** Where the set-up page writes the credentials. */
export const environmentFile = process.env['ENV_FILE'] ?? '.env';

/** The process's own variables come before those of the file. */
export function environment(): Environment {
  try {
    return { ...parseEnv(readFileSync(environmentFile, 'utf8')), ...process.env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return process.env;
    throw error;
  }
}
