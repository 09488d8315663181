import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

import { gitEnvironment } from './git.ts';

export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'commit' | 'tag' | 'tree';
  readonly content: Buffer;
}

interface Waiting {
  readonly resolve: (object: GitObject | null) => void;
  readonly reject: (reason: Error) => void;
}

/** Reads objects through one `git cat-file --batch`: a process each, for thousands of them, would take most of a test's time. */
export class ObjectReader {
  readonly #directory: string;
  readonly #waiting: Waiting[] = [];
  #process: ChildProcessWithoutNullStreams | null = null;
  #received = Buffer.alloc(0);

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The object that an id or another of git's names for it says; null where the repository has none. */
  read(name: string): Promise<GitObject | null> {
    // A name ends with its line
    if (name.includes('\n')) return Promise.resolve(null);
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${name}\n`);
    });
  }

  close(): void {
    this.#process?.kill();
    this.#process = null;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['-C', this.#directory, 'cat-file', '--batch'], { env: gitEnvironment });
    // Says why a name is none; a pipe that nobody reads fills up
    child.stderr.resume();
    child.stdout.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#answer();
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      this.#fail(error);
    });
    child.on('close', () => {
      this.#fail(new Error('git cat-file ended'));
    });
    return child;
  }

  #answer(): void {
    for (;;) {
      const headerEnd = this.#received.indexOf('\n');
      if (headerEnd < 0) return;
      const contentStart = headerEnd + 1;
      // Else the name, and "missing" or "ambiguous"
      const header = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(this.#received.toString('utf8', 0, headerEnd));
      const [, oid = '', type = '', size = '0'] = header ?? [];
      const contentEnd = contentStart + Number(size);
      if (header && this.#received.length <= contentEnd) return;
      const content = Buffer.from(this.#received.subarray(contentStart, contentEnd));
      this.#received = this.#received.subarray(header ? contentEnd + 1 : contentStart);
      this.#waiting.shift()?.resolve(header ? { oid, type: type as GitObject['type'], content } : null);
    }
  }

  #fail(reason: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
