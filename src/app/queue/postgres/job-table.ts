import type { Query, Row } from '../../postgres/database.ts';
import type { HeldJob, TriedJob } from '../attempt.ts';
import type { Counts, DeadLetter, Job } from '../queue.ts';

/**
 * What is done with the table of jobs, by one statement each. Time is the database's, so that instances whose clocks differ
 * agree. Who may take which is not decided here: the turn of a key is with one run at a time.
 */
export class JobTable {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** False for what is done, waits or is held already; a dead letter that comes again starts over. */
  async add({ id, key, urgency, delayMs = 0 }: Job, data: string): Promise<boolean> {
    const added = await this.#query(
      `INSERT INTO scalegate.jobs (id, key, data, background, due)
       VALUES ($1, $2, $3, $4, now() + $5::float8 * interval '1 ms')
       ON CONFLICT (id) DO UPDATE SET died = NULL, error = NULL, tries = 0, due = excluded.due
         WHERE jobs.died IS NOT NULL
       RETURNING id`,
      [id, key, data, urgency === 'background', delayMs],
    );
    return added.length === 1;
  }

  /** All jobs of a key that are due, now held by a run; whichever run held them before is gone. */
  async take(key: string, holder: string): Promise<readonly HeldJob[]> {
    const rows = await this.#query(
      `WITH taken AS (
         UPDATE scalegate.jobs SET holder = $2, tries = tries + 1
         WHERE key = $1 AND due <= now() AND done IS NULL AND died IS NULL RETURNING *
       ) SELECT * FROM taken ORDER BY due, id`,
      [key, holder],
    );
    return rows.map((row) => ({ job: jobOf(row), tries: Number(row['tries']) }));
  }

  /** Whether a run still holds the jobs that it took; they are locked until the transaction ends. */
  async isHeld(key: string, holder: string): Promise<boolean> {
    const sql = 'SELECT 1 FROM scalegate.jobs WHERE key = $1 AND holder = $2 AND done IS NULL FOR UPDATE';
    return (await this.#query(sql, [key, holder])).length > 0;
  }

  /** Writes what became of jobs that are held, and returns the letters of those that died. */
  async settle(tried: readonly TriedJob[]): Promise<readonly DeadLetter[]> {
    const done = tried.filter(({ outcome }) => outcome.kind === 'done').map(({ job }) => job.id);
    if (done.length > 0) {
      const sql = "UPDATE scalegate.jobs SET done = now(), holder = NULL, data = 'null' WHERE id = ANY ($1)";
      await this.#query(sql, [done]);
    }
    const letters: DeadLetter[] = [];
    for (const { job, tries, outcome } of tried) {
      if (outcome.kind === 'again') {
        await this.#query(
          `UPDATE scalegate.jobs SET holder = NULL, due = now() + $2::float8 * interval '1 ms', tries = $3 WHERE id = $1`,
          [job.id, outcome.delayMs, outcome.failed ? tries : tries - 1],
        );
      }
      if (outcome.kind === 'dead') {
        const sql = 'UPDATE scalegate.jobs SET holder = NULL, died = now(), error = $2 WHERE id = $1 RETURNING *';
        letters.push(...(await this.#query(sql, [job.id, outcome.error])).map(deadLetterOf));
      }
    }
    return letters;
  }

  async isDone(id: string): Promise<boolean> {
    return (await this.#query('SELECT 1 FROM scalegate.jobs WHERE id = $1 AND done IS NOT NULL', [id])).length > 0;
  }

  async counts(): Promise<Counts> {
    const [row] = await this.#query(
      `SELECT
         COUNT(*) FILTER (WHERE holder IS NULL AND died IS NULL AND due <= now())::int AS waiting,
         COUNT(*) FILTER (WHERE holder IS NULL AND died IS NULL AND due > now())::int AS delayed,
         COUNT(*) FILTER (WHERE holder IS NOT NULL)::int AS active,
         COUNT(*) FILTER (WHERE died IS NOT NULL)::int AS dead,
         EXTRACT(EPOCH FROM now() - MIN(due) FILTER (WHERE holder IS NULL AND died IS NULL AND due <= now()))::float8 * 1000
           AS "oldestWaitingMs"
       FROM scalegate.jobs WHERE done IS NULL`,
    );
    // The columns are those of the statement
    return { ...row } as unknown as Counts;
  }

  async deadLetters(most: number): Promise<readonly DeadLetter[]> {
    const sql = `SELECT * FROM scalegate.jobs WHERE done IS NULL AND died IS NOT NULL ORDER BY died DESC, id LIMIT $1`;
    return (await this.#query(sql, [most])).map(deadLetterOf);
  }

  /** Has all dead letters wait again, and returns the key of each. */
  async retryDeadLetters(): Promise<readonly string[]> {
    const rows = await this.#query(
      `UPDATE scalegate.jobs SET died = NULL, error = NULL, tries = 0, due = now()
       WHERE done IS NULL AND died IS NOT NULL RETURNING key`,
    );
    return rows.map(({ key }) => String(key));
  }

  /** Forgets what was completed, or died, so long ago. */
  async prune(retentionMs: number): Promise<void> {
    const before = `now() - $1::float8 * interval '1 ms'`;
    await this.#query(`DELETE FROM scalegate.jobs WHERE done < ${before}`, [retentionMs]);
    await this.#query(`DELETE FROM scalegate.jobs WHERE done IS NULL AND died < ${before}`, [retentionMs]);
  }
}

function jobOf({ id, key, data, background }: Row): Job {
  return {
    id: String(id),
    key: String(key),
    data: JSON.parse(String(data)) as unknown,
    urgency: background === true ? 'background' : 'now',
  };
}

function deadLetterOf(row: Row): DeadLetter {
  return { job: jobOf(row), tries: Number(row['tries']), error: String(row['error']), diedAt: row['died'] as Date };
}
