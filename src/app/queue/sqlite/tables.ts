import type { DatabaseSync } from 'node:sqlite';

const version = 1;

/**
 * A row of `jobs` waits, is held by a lease, or is a dead letter. `leases` has one row a key that is being done: what keeps
 * two workers, of whatever process, from one key. `done` remembers completed ids.
 */
const tables = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    data TEXT NOT NULL,
    background INTEGER NOT NULL,
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    lease TEXT,
    died INTEGER,
    error TEXT
  ) STRICT;
  CREATE INDEX waiting ON jobs (background, due) WHERE lease IS NULL AND died IS NULL;
  CREATE INDEX waiting_of_key ON jobs (key, due) WHERE lease IS NULL AND died IS NULL;
  CREATE INDEX held ON jobs (lease) WHERE lease IS NOT NULL;
  CREATE INDEX dead ON jobs (died) WHERE died IS NOT NULL;
  CREATE TABLE leases (key TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE done (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX done_at ON done (at);
`;

/** Creates the tables in a new file; false where the file holds others. */
export function createTables(database: DatabaseSync): boolean {
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (found === 0) database.exec(`${tables}; PRAGMA user_version = ${version}`);
    database.exec('COMMIT');
    return found === 0 || found === version;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
