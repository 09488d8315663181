import { describe, expect, inject, test } from 'vitest';
import { createDatabase } from '../../../test/support/postgres-server.ts';
import { until } from '../../../test/support/until.ts';
import { Database, type Query } from './database.ts';

const serverUrl = inject('postgresUrl');

describe.skipIf(serverUrl === null)('a database', () => {
  test('of two transactions that wait for each other both are done', async () => {
    const warnings: string[] = [];
    const database = new Database(await createDatabase(serverUrl!), {
      connections: 2,
      warn: (message) => warnings.push(message),
    });
    await database.query('CREATE TABLE t (id int PRIMARY KEY, n int)');
    await database.query('INSERT INTO t VALUES (1, 0), (2, 0)');
    let begun = 0;
    let bothBegun: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (bothBegun = resolve));
    const addTo = (first: number, second: number) =>
      database.transaction(async (query: Query) => {
        await query('UPDATE t SET n = n + 1 WHERE id = $1', [first]);
        begun += 1;
        if (begun === 2) bothBegun();
        await both;
        await query('UPDATE t SET n = n + 1 WHERE id = $1', [second]);
      });
    await Promise.all([addTo(1, 2), addTo(2, 1)]);
    expect(begun).toBe(3);
    expect(await database.query('SELECT n FROM t')).toEqual([{ n: 2 }, { n: 2 }]);
    expect(warnings).toEqual([]);
    await database.close();
  });

  test('an outage is told once: what began before the last answer and fails after it is no new one', async () => {
    const warnings: string[] = [];
    const url = await createDatabase(serverUrl!);
    const database = new Database(url, { connections: 2, warn: (message) => warnings.push(message) });
    const operator = new Database(url, { connections: 1, warn: () => undefined });
    const sleeping = "FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(4)'";
    const sleep = async () => {
      const failed = expect(database.query('SELECT pg_sleep(4)')).rejects.toThrow();
      await until('it sleeps', async () => (await operator.query(`SELECT 1 ${sleeping}`)).length === 1);
      return { failed };
    };
    const hangUp = () => operator.query(`SELECT pg_terminate_backend(pid) ${sleeping}`);

    const before = await sleep();
    await database.query('SELECT 1');
    await hangUp();
    await before.failed;
    expect(warnings).toEqual([]);
    expect(database.isOutOfReach).toBe(false);

    const after = await sleep();
    await hangUp();
    await after.failed;
    expect(warnings).toEqual([expect.stringContaining('PostgreSQL is out of reach')]);
    await database.query('SELECT 1');
    expect(warnings.slice(1)).toEqual(['PostgreSQL is back']);
    await Promise.all([database.close(), operator.close()]);
  });
});
