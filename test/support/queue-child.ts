import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { QueueKind } from './queue-places.ts';

const script = fileURLToPath(new URL('queue-child-process.ts', import.meta.url));

/** A process of its own that takes jobs and never finishes one. */
export class RunningChild {
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  private constructor(process: ChildProcess, lines: Interface) {
    this.#process = process;
    this.#lines = lines;
  }

  static async start(kind: QueueKind['name'], location: string, leaseMs: number): Promise<RunningChild> {
    const child = spawn(process.execPath, [script, kind, location, `${leaseMs}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    });
    const running = new RunningChild(child, createInterface({ input: child.stdout }));
    await running.#line();
    return running;
  }

  /** The ids of the jobs that it began with. */
  async begun(): Promise<string[]> {
    return JSON.parse(await this.#line()) as string[];
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    if (this.#process.signalCode === null) await once(this.#process, 'exit');
  }

  async #line(): Promise<string> {
    const [line] = (await once(this.#lines, 'line')) as [string];
    return line;
  }
}
