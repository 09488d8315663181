import type { JobTable } from './job-table.ts';
import type { QueueFile } from './queue-file.ts';

interface Waiting {
  readonly work: (table: JobTable) => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits together what is asked for in one turn of the event loop: while the disk takes one group, the requests of the
 * next arrive. A group that fails fails as a whole.
 */
export class GroupCommit {
  readonly #file: QueueFile;
  #group: Waiting[] = [];

  constructor(file: QueueFile) {
    this.#file = file;
  }

  /** Resolves when what was written is on disk. */
  write<Result>(work: (table: JobTable) => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      // What `resolve` is given is what its own `work` returned
      this.#group.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#group.length === 1)
        setImmediate(() => {
          this.#commit();
        });
    });
  }

  #commit(): void {
    const group = this.#group;
    this.#group = [];
    try {
      const results = this.#file.write((table) => group.map(({ work }) => work(table)));
      for (const [index, { resolve }] of group.entries()) resolve(results[index]);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
