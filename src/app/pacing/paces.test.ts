import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RedisServer, whyNoRedis } from '../../../test/support/redis-server.ts';
import { RateLimited, withPatience } from '../../github/patience.ts';
import { createMemoryPaces } from './memory-paces.ts';
import { writesApartMs, type Paces, type Purpose } from './paces.ts';
import { createRedisPaces } from './redis-paces.ts';

const noRedis = await whyNoRedis();
const minute = 60_000;

describe.each(['memory', 'Redis'] as const)('what the clients of an installation share in %s', (kind) => {
  describe.skipIf(kind === 'Redis' && noRedis !== null)('', () => {
    let server: RedisServer | null = null;
    let clock: FakeClock;
    let here: Paces;
    /** Another instance; in memory there is only the one process. */
    let there: Paces;

    beforeAll(async () => {
      if (kind === 'Redis') server = await RedisServer.start();
    });
    afterAll(() => server?.close());

    let round = 0;
    beforeEach(() => {
      clock = new FakeClock();
      const now = () => clock.now();
      const memory = createMemoryPaces({ now });
      round += 1;
      const options = { prefix: `round-${round}`, now };
      here = server === null ? memory : createRedisPaces(server.url, options);
      there = server === null ? memory : createRedisPaces(server.url, options);
      return async () => {
        await here.close();
        await there.close();
      };
    });

    test('a pause holds all clients of the installation back, and no other installation', async () => {
      await here.of(1, 'check').extend(clock.now() + minute);
      await there.of(1, 'check').extend(clock.now() + 1000);
      expect(await there.of(1, 'sweep').until()).toBe(clock.now() + minute);
      expect(await there.of(2, 'check').until()).toBeLessThanOrEqual(clock.now());
      expect((await there.state(1)).pausedUntil).toBe(clock.now() + minute);
    });

    test('writes are a second apart, whoever sends them', async () => {
      const places = [
        await here.of(1, 'check').placeForWrite!(Infinity),
        await there.of(1, 'comment').placeForWrite!(Infinity),
        await here.of(1, 'check').placeForWrite!(Infinity),
      ];
      expect(places.map((place) => place - clock.now())).toStrictEqual([0, writesApartMs, 2 * writesApartMs]);
      expect(await here.of(2, 'check').placeForWrite!(Infinity)).toBe(clock.now());
    });

    test('a place that comes too late is left to others', async () => {
      await here.of(1, 'check').extend(clock.now() + minute);
      expect(await here.of(1, 'check').placeForWrite!(clock.now() + 1000)).toBe(clock.now() + minute);
      expect(await there.of(1, 'check').placeForWrite!(clock.now() + 2 * minute)).toBe(clock.now() + minute);
    });

    test.each([
      { remaining: 3000, waiting: [] },
      { remaining: 1249, waiting: ['sweep'] },
      { remaining: 249, waiting: ['comment', 'sweep'] },
      { remaining: 0, waiting: ['comment', 'sweep'] },
    ])('with $remaining of 5,000 requests left until the reset, what waits is: $waiting', async (row) => {
      const { remaining, waiting } = row;
      const resetsAt = clock.now() + 30 * minute;
      await here.of(1, 'check').note!({ resource: 'core', limit: 5000, remaining, resetsAt });
      const purposes: Purpose[] = ['check', 'comment', 'sweep'];
      const untils = await Promise.all(purposes.map(async (purpose) => await there.of(1, purpose).until()));
      expect(purposes.filter((_, index) => untils[index]! > clock.now())).toStrictEqual(waiting);
      await clock.advance(30 * minute);
      expect(await there.of(1, 'sweep').until()).toBeLessThanOrEqual(clock.now());
    });

    test('a client waits for its place, says so, and gives up where that takes too long', async () => {
      const slept: number[] = [];
      const waiting = {
        now: () => clock.now(),
        sleep: async (milliseconds: number) => {
          slept.push(milliseconds);
          await clock.advance(milliseconds);
        },
      };
      const waits: number[] = [];
      const patiently = withPatience(waiting, here.of(1, 'check'), (waitMs) => waits.push(waitMs));
      const send = () => Promise.resolve({ headers: {}, data: 'done' });
      const write = { method: 'POST', url: '/repos/acme/training/check-runs', request: {} };
      await patiently(send, write);
      await patiently(send, { method: 'GET', url: '/repos/acme/training', request: {} });
      await patiently(send, write);
      expect(slept).toStrictEqual([writesApartMs]);
      expect(waits).toStrictEqual([writesApartMs]);

      await there.of(1, 'check').extend(clock.now() + 10 * minute);
      await expect(patiently(send, write)).rejects.toThrow(RateLimited);
    });
  });
});
