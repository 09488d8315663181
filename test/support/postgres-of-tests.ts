import type { TestProject } from 'vitest/node';
import { orSkip } from './debian-package.ts';
import { findPostgresPrograms } from './postgres-programs.ts';
import { PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test may create databases; null where there is no PostgreSQL to test with. */
    readonly postgresUrl: string | null;
  }
}

/** One PostgreSQL for all slow tests, each of which has a database of its own; stopped after them. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const programs = await findPostgresPrograms();
  if (typeof programs === 'string') {
    orSkip(programs);
    provide('postgresUrl', null);
    return () => Promise.resolve();
  }
  const server = await PostgresServer.start();
  provide('postgresUrl', server.url);
  return () => server.close();
}
