import type { Settings } from '../settings.ts';
import { createMemoryPaces } from './memory-paces.ts';
import type { Paces } from './paces.ts';
import { createRedisPaces } from './redis-paces.ts';

export interface PacesOptions {
  readonly warn: (message: string) => void;
  /** A GitHub of one's own need not be written to slowly. */
  readonly writesApartMs?: number | undefined;
}

/** Where there is Redis, its instances share what GitHub asks them to wait. */
export function openPaces(where: Settings['queue'], { writesApartMs, warn }: PacesOptions): Paces {
  const apart = writesApartMs === undefined ? {} : { writesApartMs };
  return 'redisUrl' in where ? createRedisPaces(where.redisUrl, { ...apart, warn }) : createMemoryPaces(apart);
}
