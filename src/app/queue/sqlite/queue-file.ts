import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorText } from '../error-text.ts';
import { JobTable } from './job-table.ts';
import { createTables } from './tables.ts';

/** How long a process waits for another that writes; a transaction takes milliseconds. */
const busyTimeoutMs = 5_000;

/**
 * The file of the queue. One that is damaged, of another version or deleted under way is replaced by a new one, with a
 * warning: a queue that does not start loses more than one that starts empty, since GitHub's state brings back what it held.
 */
export class QueueFile {
  readonly #path: string;
  readonly #warn: (message: string) => void;
  #database: DatabaseSync;
  #table: JobTable;
  #inode: number | null;
  #isClosed = false;

  constructor(path: string, warn: (message: string) => void) {
    this.#path = path;
    this.#warn = warn;
    mkdirSync(dirname(path), { recursive: true });
    [this.#database, this.#table] = this.#openSound();
    this.#inode = inodeOf(path);
  }

  /** Does all of `work` in one transaction, which is on disk when this returns, or none of it. */
  write<Result>(work: (table: JobTable) => Result): Result {
    return this.#withSoundFile(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work(this.#table);
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  read<Result>(work: (table: JobTable) => Result): Result {
    return this.#withSoundFile(() => work(this.#table));
  }

  close(): void {
    this.#isClosed = true;
    if (this.#database.isOpen) this.#database.close();
  }

  /** Once more on a new file where the file is found deleted or damaged. */
  #withSoundFile<Result>(work: () => Result): Result {
    if (this.#isClosed) throw new Error('The queue is closed');
    // What is written to a deleted file is gone when the process ends
    if (inodeOf(this.#path) !== this.#inode) {
      this.#warn(`The queue file ${this.#path} was deleted or replaced while in use; ${whatIsLost}`);
      this.#reopen();
    }
    try {
      return work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      // Unless another process has replaced it by now
      if (inodeOf(this.#path) === this.#inode) this.#moveAside(error);
      this.#reopen();
      return work();
    }
  }

  #reopen(): void {
    if (this.#database.isOpen) this.#database.close();
    [this.#database, this.#table] = this.#openSound();
    this.#inode = inodeOf(this.#path);
  }

  #openSound(): [DatabaseSync, JobTable] {
    try {
      return this.#open();
    } catch (error) {
      if (!isDamage(error)) throw new Error(`The queue file ${this.#path} could not be opened`, { cause: error });
      this.#moveAside(error);
      return this.#open();
    }
  }

  #open(): [DatabaseSync, JobTable] {
    const database = new DatabaseSync(this.#path, { timeout: busyTimeoutMs });
    try {
      // FULL syncs the log at each commit. With NORMAL a power cut takes back deliveries that were answered, which GitHub
      // counts as delivered and nobody sends again; a press of Approve would be gone. Commits in groups pay for it.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF');
      const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
      if (found !== 'ok') throw new Damage(`quick_check says: ${String(found)}`);
      if (!createTables(database)) throw new Damage('it was written by another version of scalegate');
      return [database, new JobTable(database)];
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Kept for whoever wants to look into it. */
  #moveAside(cause: unknown): void {
    const aside = `${this.#path}.damaged-${Date.now()}`;
    this.#warn(`The queue file ${this.#path} cannot be used (${errorText(cause)}) and is now ${aside}; ${whatIsLost}`);
    for (const suffix of ['', '-wal', '-shm']) moveIfPresent(`${this.#path}${suffix}`, `${aside}${suffix}`);
  }
}

const whatIsLost =
  'an empty queue takes its place. The recovery finds open pull requests and failed deliveries again; an approval by button that was not yet recorded has to be given again.';

class Damage extends Error {
  override name = 'Damage';
}

/** SQLite's primary result codes: a file that is no database, or one whose pages contradict each other. */
const damageCodes = [11 /* SQLITE_CORRUPT */, 26 /* SQLITE_NOTADB */];

function isDamage(error: unknown): boolean {
  if (error instanceof Damage) return true;
  return error instanceof Error && 'errcode' in error && damageCodes.includes(Number(error.errcode) & 0xff);
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

function moveIfPresent(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}
