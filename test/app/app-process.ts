import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../../src/app/settings.ts';

/** As `npm start` has it. */
const entry = resolve(import.meta.dirname, '../../src/app/index.ts');

/** The same App with short times, for tests that kill it often. */
export const hastyApp = resolve(import.meta.dirname, 'hasty-app.ts');

/** What Node has compiled is kept between processes: a test starts many, and each would take seconds to load. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), 'scalegate-compiled') };

export interface AppProcess {
  readonly url: string;
  /** What it has written so far, to either output. */
  output(): string;
  /** Waits for a text in what it writes. */
  said(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit status; null after a signal that it did not take. */
  readonly exited: Promise<number | null>;
}

/** The App in a process of its own, with this environment and no other. Resolves when it listens. */
export async function startAppProcess(env: Environment, cwd: string, script = entry): Promise<AppProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
      for (const hear of heard) hear();
    });
  }
  const exited = once(child, 'exit').then(([status]) => status as number | null);
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, fail) => {
      const hear = () => {
        const match = pattern.exec(output);
        if (match !== null) found(match);
      };
      heard.push(hear);
      hear();
      void exited.then((status) => {
        fail(new Error(`it exited with ${status}:\n${output}`));
      });
    });
  const [, url = ''] = await until(/(?:"url":"|Listening on )(http:[^"\s]+)/);
  return {
    url,
    output: () => output,
    said: async (text) => {
      await until(new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    },
    kill: (signal) => {
      child.kill(signal);
    },
    exited,
  };
}
