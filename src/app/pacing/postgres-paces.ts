import { Database } from '../postgres/database.ts';
import { createTables } from '../postgres/tables.ts';
import { createPaces } from './create-paces.ts';
import { newPace, type PaceState } from './pace-state.ts';
import type { Paces, PacesOptions } from './paces.ts';

const connections = 5;

/** For several instances, which share a row of PostgreSQL for each installation. */
export function createPostgresPaces(url: string, options: PacesOptions = {}): Paces {
  // Outages are told of by the queue, which is in the same place
  const database = new Database(url, { connections, warn: () => undefined });
  let tables: Promise<void> | null = null;

  async function withTables(): Promise<void> {
    tables ??= createTables(database);
    try {
      await tables;
    } catch (error) {
      tables = null;
      throw error;
    }
  }

  return createPaces(
    {
      async read(installationId) {
        await withTables();
        const sql = 'SELECT state FROM scalegate.paces WHERE installation = $1';
        const [row] = await database.query(sql, [installationId ?? 0]);
        return row === undefined ? null : stateOf(row['state']);
      },
      async change(installationId, change) {
        await withTables();
        const id = installationId ?? 0;
        return await database.transaction(async (query) => {
          await query('INSERT INTO scalegate.paces (installation, state) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
            id,
            newPace,
          ]);
          const [row] = await query('SELECT state FROM scalegate.paces WHERE installation = $1 FOR UPDATE', [id]);
          const { state, result } = change(stateOf(row?.['state']));
          await query('UPDATE scalegate.paces SET state = $2 WHERE installation = $1', [id, state]);
          return result;
        });
      },
      close: () => database.close(),
    },
    options,
  );
}

/** Another version may have written it, which knows less. */
function stateOf(written: unknown): PaceState {
  return { ...newPace, ...(written as Partial<PaceState> | undefined) };
}
