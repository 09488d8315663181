import type { Database, Query } from './database.ts';

/**
 * A row of `jobs` waits, is held by a run, is done, or is a dead letter. What is done is remembered by its id alone. `paces`
 * has a row an installation, and one with 0 for the app itself.
 *
 * Instances of two versions share the tables while one replaces the other: a column may only be added, with a default, and
 * none be renamed or taken away before the version after the next.
 */
const tables = `
  CREATE SCHEMA IF NOT EXISTS scalegate;
  CREATE TABLE IF NOT EXISTS scalegate.jobs (
    id text PRIMARY KEY,
    key text NOT NULL,
    data text NOT NULL,
    background boolean NOT NULL,
    due timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    holder uuid,
    done timestamptz,
    died timestamptz,
    error text
  );
  CREATE INDEX IF NOT EXISTS jobs_open ON scalegate.jobs (key, due) WHERE done IS NULL;
  CREATE INDEX IF NOT EXISTS jobs_done ON scalegate.jobs (done) WHERE done IS NOT NULL;
  CREATE TABLE IF NOT EXISTS scalegate.paces (installation bigint PRIMARY KEY, state jsonb NOT NULL);
`;

/** Creates what is not there yet. */
export async function createTables(database: Database): Promise<void> {
  await oneAtATime(database, (query) => query(tables));
}

/** Does `work` while no other instance is in here: several may start at once, and creating what others create fails. */
export async function oneAtATime(database: Database, work: (query: Query) => Promise<unknown>): Promise<void> {
  await database.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(hashtext('scalegate'))");
    await work(query);
  });
}
