import type { TestProject } from 'vitest/node';
import { orSkip } from './debian-package.ts';
import { PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test may create databases; null where there is no PostgreSQL to test with. */
    readonly postgresUrl: string | null;
  }
}

/** One PostgreSQL for all slow tests, each of which has a database of its own; stopped after them. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await start();
  if (typeof server === 'string') orSkip(server);
  provide('postgresUrl', typeof server === 'string' ? null : server.url);
  return async () => {
    if (typeof server !== 'string') await server.close();
  };
}

async function start(): Promise<PostgresServer | string> {
  try {
    return await PostgresServer.start();
  } catch (error) {
    return `there is no PostgreSQL: ${error instanceof Error ? error.message : String(error)}`;
  }
}
