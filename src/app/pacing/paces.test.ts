import { beforeEach, describe, expect, inject, test } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createDatabase } from '../../../test/support/postgres-server.ts';
import { RateLimited, withPatience } from '../../github/http/patience.ts';
import { createMemoryPaces } from './memory-paces.ts';
import { burst, writesApartMs } from './pace-state.ts';
import type { Paces, Purpose } from './paces.ts';
import { createPostgresPaces } from './postgres-paces.ts';

const serverUrl = inject('postgresUrl');
const minute = 60_000;

describe.each(['memory', 'PostgreSQL'] as const)('what the clients of an installation share in %s', (kind) => {
  describe.skipIf(kind === 'PostgreSQL' && serverUrl === null)('', () => {
    let clock: FakeClock;
    let here: Paces;
    /** Another instance; in memory there is only the one process. */
    let there: Paces;

    beforeEach(async () => {
      clock = new FakeClock();
      const options = { now: () => clock.now() };
      const memory = createMemoryPaces(options);
      const url = kind === 'memory' ? null : await createDatabase(serverUrl!);
      here = url === null ? memory : createPostgresPaces(url, options);
      there = url === null ? memory : createPostgresPaces(url, options);
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

    test('a place that comes too late is left to others', async () => {
      await here.of(1, 'check').extend(clock.now() + minute);
      expect(await here.of(1, 'check').placeForWrite!(clock.now() + 1000, null)).toBe(clock.now() + minute);
      expect(await there.of(1, 'check').placeForWrite!(clock.now() + 2 * minute, null)).toBe(clock.now() + minute);
    });

    test('where GitHub does not say how long to wait, all wait a minute, and longer each time it goes on', async () => {
      const backOff = async (paces: Paces) =>
        ((await paces.of(1, 'check').backOff(clock.now())) - clock.now()) / minute;
      const refusedTogether = [await backOff(here), await backOff(there)];
      expect(refusedTogether).toStrictEqual([1, 1]);
      await clock.advance(minute);
      expect(await backOff(there)).toBe(2);
      await clock.advance(3 * minute);
      expect(await backOff(here)).toBe(4);
      expect(await there.state(1)).toMatchObject({ budgets: [] });
      await clock.advance(15 * minute);
      expect(await backOff(here)).toBe(1);
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
      await there.of(1, 'check').extend(clock.now() + 1000);
      await patiently(send, write);
      await patiently(send, { method: 'GET', url: '/repos/acme/training', request: {} });
      expect(slept).toStrictEqual([1000]);
      expect(waits).toStrictEqual([1000]);

      await there.of(1, 'check').extend(clock.now() + 10 * minute);
      await expect(patiently(send, write)).rejects.toThrow(RateLimited);
    });

    /** What so many writes wait, sent by turns from here and there. */
    async function waits(count: number, repository: string): Promise<number[]> {
      const found: number[] = [];
      for (let write = 0; write < count; write += 1) {
        const paces = write % 2 === 0 ? here : there;
        found.push((await paces.of(1, 'check').placeForWrite!(Infinity, repository)) - clock.now());
      }
      return found;
    }

    test('writes are sent at once where it was quiet, and a second apart in the long run', async () => {
      for (let repository = 0; repository < burst; repository += 1) {
        expect(await waits(1, `acme/${repository}`)).toStrictEqual([0]);
      }
      expect(await waits(1, 'acme/next')).toStrictEqual([writesApartMs]);
    });

    test('writes to one repository take half of that, and the others wait for none of it', async () => {
      const busy = await waits(100, 'acme/busy');
      expect(busy.at(-1)).toBe((100 - burst) * 2 * writesApartMs);
      expect(busy.slice(0, burst)).toStrictEqual(Array(burst).fill(0));
      expect(await waits(2, 'acme/calm')).toStrictEqual([writesApartMs, 2 * writesApartMs]);
    });

    test('writes of two instances at once have a place each', async () => {
      const both = await Promise.all(
        Array.from({ length: 30 }, async (_, write) => {
          return await (write % 2 === 0 ? here : there).of(1, 'check').placeForWrite!(Infinity, `acme/${write}`);
        }),
      );
      const late = both.map((place) => place - clock.now()).filter((wait) => wait > 0);
      expect(late.sort((one, other) => one - other)).toStrictEqual(
        Array.from({ length: 30 - burst }, (_, index) => (index + 1) * writesApartMs),
      );
    });
  });
});

test("a GitHub of one's own is written to as fast as it answers", async () => {
  const clock = new FakeClock();
  const own = createMemoryPaces({ now: () => clock.now(), writesApartMs: 0 });
  for (let count = 0; count < 600; count += 1) {
    expect(await own.of(1, 'check').placeForWrite!(Infinity, 'acme/training')).toBe(clock.now());
  }
});
