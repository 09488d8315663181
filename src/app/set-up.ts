import { readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { run as runProbot } from 'probot';
import type { Environment } from './settings.ts';

/**
 * Serves Probot's set-up page, which registers an app by the manifest in app.yml or takes the credentials of one that is
 * registered, until there are credentials: they are written to the file. False when the signal came first.
 *
 * Whoever finds the page first may use it, so that it is there only as long as there is no credential at all.
 */
export async function setUp(env: Environment, file: string, signal: AbortSignal): Promise<boolean> {
  // Probot would download a client of smee.io and have deliveries go through there
  process.env.NO_SMEE_SETUP = 'true';
  let finish: (registered: boolean) => void = () => undefined;
  const finished = new Promise<boolean>((resolve) => (finish = resolve));
  signal.addEventListener('abort', () => {
    finish(false);
  });
  const server = await runProbot(() => undefined, {
    env: { LOG_LEVEL: 'info', ...env },
    updateEnv: (credentials) => {
      writeCredentials(file, credentials);
      finish(true);
      return credentials;
    },
  });
  const registered = await finished;
  await server.stop();
  return registered;
}

/** As lines of a file that only its owner may read; what is in it already stays. */
function writeCredentials(file: string, credentials: Environment): void {
  const values = { ...readFile(file), ...credentials };
  const lines = Object.entries(values).map(([name, value = '']) => `${name}=${value.replaceAll('\n', '\\n')}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
}

function readFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
