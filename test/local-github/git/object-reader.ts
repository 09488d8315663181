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

/** Reads objects by id through one `git cat-file --batch`, so that thousands of blobs cost one process. */
export class ObjectReader {
  readonly #directory: string;
  readonly #waiting: Waiting[] = [];
  #process: ChildProcessWithoutNullStreams | null = null;
  #received = Buffer.alloc(0);

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The object, or null where the repository has none of that id. */
  read(oid: string): Promise<GitObject | null> {
    if (!/^[0-9a-f]{40}$/.test(oid)) return Promise.resolve(null);
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${oid}\n`);
    });
  }

  close(): void {
    this.#process?.kill();
    this.#process = null;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['-C', this.#directory, 'cat-file', '--batch'], { env: gitEnvironment });
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
      const [oid = '', type = '', size = '0'] = this.#received.toString('utf8', 0, headerEnd).split(' ');
      const isMissing = type === 'missing';
      const contentStart = headerEnd + 1;
      const contentEnd = contentStart + Number(size);
      if (!isMissing && this.#received.length <= contentEnd) return;
      const content = Buffer.from(this.#received.subarray(contentStart, contentEnd));
      this.#received = this.#received.subarray(isMissing ? contentStart : contentEnd + 1);
      this.#waiting.shift()?.resolve(isMissing ? null : { oid, type: type as GitObject['type'], content });
    }
  }

  #fail(reason: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
