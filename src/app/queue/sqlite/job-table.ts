import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HeldJob, TriedJob } from '../attempt.ts';
import type { Counts, DeadLetter, Job } from '../queue.ts';

/** Jobs of one key that one worker holds. */
export interface Claim {
  readonly key: string;
  readonly token: string;
  readonly held: readonly HeldJob[];
}

/** What a transaction does with the tables of the queue. Times are milliseconds since 1970. */
export class JobTable {
  readonly #prepare: (sql: string) => StatementSync;

  constructor(database: DatabaseSync) {
    const prepared = new Map<string, StatementSync>();
    this.#prepare = (sql) => {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return statement;
    };
  }

  /** Skips what is done, waits or is held; a dead letter that comes again starts over. `data` is that of the job as JSON. */
  add({ id, key, urgency, delayMs = 0 }: Job, data: string, now: number): void {
    if (this.isDone(id)) return;
    this.#prepare(
      `INSERT INTO jobs (id, key, data, background, due) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET died = NULL, error = NULL, tries = 0, due = excluded.due WHERE died IS NOT NULL`,
    ).run(id, key, data, urgency === 'background' ? 1 : 0, now + delayMs);
  }

  isDone(id: string): boolean {
    return this.#prepare('SELECT 1 FROM done WHERE id = ?').get(id) !== undefined;
  }

  /** Whether `take` would find something; it takes no lock. */
  hasDue(now: number): boolean {
    return (
      this.#nextKey(now) !== null || this.#prepare('SELECT 1 FROM leases WHERE expires <= ?').get(now) !== undefined
    );
  }

  /** When the next of the jobs that wait for their time is due. */
  nextDue(now: number): number | null {
    const row = this.#prepare('SELECT MIN(due) AS due FROM jobs WHERE lease IS NULL AND died IS NULL AND due > ?').get(
      now,
    );
    const due = row?.['due'] ?? null;
    return due === null ? null : Number(due);
  }

  /** All jobs of the first key that is due and that nobody holds. */
  take(now: number, token: string, expires: number): Claim | null {
    this.#freeExpired(now);
    const key = this.#nextKey(now);
    if (key === null) return null;
    this.#prepare('INSERT INTO leases (key, token, expires) VALUES (?, ?, ?)').run(key, token, expires);
    const rows = this.#prepare(
      `UPDATE jobs SET lease = ?, tries = tries + 1
       WHERE key = ? AND due <= ? AND lease IS NULL AND died IS NULL RETURNING *`,
    ).all(token, key, now);
    return { key, token, held: rows.map(heldJob).sort(byDue) };
  }

  /** False where the lease is lost. */
  renew(token: string, expires: number): boolean {
    return this.#prepare('UPDATE leases SET expires = ? WHERE token = ?').run(expires, token).changes === 1;
  }

  /** Writes what became of the jobs of a lease, and returns the letters of those that died; null where it was lost before. */
  settle(token: string, tried: readonly TriedJob[], now: number): readonly DeadLetter[] | null {
    if (this.#prepare('DELETE FROM leases WHERE token = ?').run(token).changes === 0) return null;
    return tried.flatMap((job) => this.#settleJob(job, now) ?? []);
  }

  counts(now: number): Counts {
    const row = this.#prepare(
      `SELECT
         COUNT(*) FILTER (WHERE lease IS NULL AND died IS NULL AND due <= $now) AS waiting,
         COUNT(*) FILTER (WHERE lease IS NULL AND died IS NULL AND due > $now) AS delayed,
         COUNT(*) FILTER (WHERE lease IS NOT NULL) AS active,
         COUNT(*) FILTER (WHERE died IS NOT NULL) AS dead,
         $now - MIN(due) FILTER (WHERE lease IS NULL AND died IS NULL AND due <= $now) AS oldestWaitingMs
       FROM jobs`,
    ).get({ $now: now });
    // The columns are those of the statement
    return { ...row } as unknown as Counts;
  }

  deadLetters(most: number): readonly DeadLetter[] {
    const rows = this.#prepare('SELECT * FROM jobs WHERE died IS NOT NULL ORDER BY died DESC, id LIMIT ?').all(most);
    return rows.map(deadLetter);
  }

  retryDeadLetters(now: number): number {
    const sql = 'UPDATE jobs SET died = NULL, error = NULL, tries = 0, due = ? WHERE died IS NOT NULL';
    return Number(this.#prepare(sql).run(now).changes);
  }

  /** Forgets what was completed, or died, before a time. */
  prune(before: number): void {
    this.#prepare('DELETE FROM done WHERE at < ?').run(before);
    this.#prepare('DELETE FROM jobs WHERE died < ?').run(before);
  }

  #nextKey(now: number): string | null {
    const row = this.#prepare(
      `SELECT key FROM jobs
       WHERE lease IS NULL AND died IS NULL AND due <= ? AND key NOT IN (SELECT key FROM leases)
       ORDER BY background, due LIMIT 1`,
    ).get(now);
    return row === undefined ? null : String(row['key']);
  }

  #freeExpired(now: number): void {
    for (const row of this.#prepare('DELETE FROM leases WHERE expires <= ? RETURNING token').all(now)) {
      this.#prepare('UPDATE jobs SET lease = NULL WHERE lease = ?').run(String(row['token']));
    }
  }

  #settleJob({ job, tries, outcome }: TriedJob, now: number): DeadLetter | null {
    switch (outcome.kind) {
      case 'done':
        this.#prepare('DELETE FROM jobs WHERE id = ?').run(job.id);
        this.#prepare('INSERT OR REPLACE INTO done (id, at) VALUES (?, ?)').run(job.id, now);
        return null;
      case 'again':
        this.#prepare('UPDATE jobs SET lease = NULL, due = ?, tries = ? WHERE id = ?').run(
          now + outcome.delayMs,
          outcome.failed ? tries : tries - 1,
          job.id,
        );
        return null;
      case 'dead': {
        const row = this.#prepare('UPDATE jobs SET lease = NULL, died = ?, error = ? WHERE id = ? RETURNING *').get(
          now,
          outcome.error,
          job.id,
        );
        return row === undefined ? null : deadLetter(row);
      }
    }
  }
}

type Row = Record<string, unknown>;

function jobOf({ id, key, data, background }: Row): Job {
  return {
    id: String(id),
    key: String(key),
    data: JSON.parse(String(data)) as unknown,
    urgency: background === 1 ? 'background' : 'now',
  };
}

function heldJob(row: Row): HeldJob & { readonly due: number } {
  return { job: jobOf(row), tries: Number(row['tries']), due: Number(row['due']) };
}

function byDue(one: { due: number }, other: { due: number }): number {
  return one.due - other.due;
}

function deadLetter(row: Row): DeadLetter {
  const died = new Date(Number(row['died']));
  return { job: jobOf(row), tries: Number(row['tries']), error: String(row['error']), diedAt: died };
}
