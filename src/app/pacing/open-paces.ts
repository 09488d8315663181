import type { Settings } from '../settings.ts';
import { createMemoryPaces } from './memory-paces.ts';
import type { Paces, PacesOptions } from './paces.ts';
import { createPostgresPaces } from './postgres-paces.ts';

/** Where there is PostgreSQL, its instances share what GitHub asks them to wait. */
export function openPaces(where: Settings['queue'], options: PacesOptions): Paces {
  return 'databaseUrl' in where ? createPostgresPaces(where.databaseUrl, options) : createMemoryPaces(options);
}
