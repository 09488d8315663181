import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunningChild } from '../../../test/support/queue-child.ts';
import { queueKinds, type QueuePlace } from '../../../test/support/queue-places.ts';
import { until } from '../../../test/support/until.ts';
import { Later, type DeadLetter, type Handler, type Job } from './queue.ts';

function aJob(deviation: Partial<Job> = {}): Job {
  return { id: 'delivery-1', key: 'acme/training#1', data: { number: 1 }, urgency: 'now', ...deviation };
}

/** A handler that remembers what it was given, and then does something. */
function recorder(then: Handler = () => Promise.resolve()) {
  const calls: { key: string; ids: string[]; data: unknown[] }[] = [];
  const handler: Handler = async (key, jobs, signal) => {
    calls.push({ key, ids: jobs.map(({ id }) => id), data: jobs.map(({ data }) => data) });
    await then(key, jobs, signal);
  };
  return { calls, handler, ids: () => calls.flatMap(({ ids }) => ids) };
}

/** Something that is awaited in one place and brought about in another. */
function aGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return once(signal, 'abort').then(() => {
    throw new Error('aborted');
  });
}

const one = { concurrency: 1 };

for (const kind of queueKinds) {
  describe.skipIf(kind.skip)(`the queue in ${kind.name}`, () => {
    let place: QueuePlace;
    beforeEach(async () => {
      place = await kind.create();
    });
    afterEach(() => place.close());

    test('a job is handed over with its data, and then is done', async () => {
      const queue = place.open();
      const { calls, handler } = recorder();
      await queue.add([aJob({ data: { list: [], nothing: null, text: 'é\u0000"' } })]);
      expect(await queue.isDone('delivery-1')).toBe(false);
      queue.start(handler, one);
      await until('it is done', () => queue.isDone('delivery-1'));
      expect(calls).toStrictEqual([
        { key: 'acme/training#1', ids: ['delivery-1'], data: [{ list: [], nothing: null, text: 'é\u0000"' }] },
      ]);
    });

    test('what was added before a restart is done after it', async () => {
      const before = place.open();
      await before.add([aJob()]);
      await before.close();
      const queue = place.open();
      queue.start(recorder().handler, one);
      await until('it is done', () => queue.isDone('delivery-1'));
    });

    test('all jobs of a key are handed over together, those of another key apart', async () => {
      const queue = place.open();
      const { calls, handler } = recorder();
      await queue.add([aJob({ id: 'a' }), aJob({ id: 'b' }), aJob({ id: 'c', key: 'acme/training#2' })]);
      await queue.add([aJob({ id: 'd' })]);
      queue.start(handler, one);
      await until('all are done', async () => (await queue.isDone('c')) && (await queue.isDone('d')));
      expect(calls.map(({ ids }) => ids.sort())).toStrictEqual([['a', 'b', 'd'], ['c']]);
    });

    test('jobs that arrive while their key runs cause one more run', async () => {
      const queue = place.open();
      const gate = aGate();
      const { calls, handler } = recorder(() => gate.opened);
      queue.start(handler, { concurrency: 4 });
      await queue.add([aJob({ id: 'a' })]);
      await until('it runs', () => calls.length === 1);
      for (const id of ['b', 'c', 'd']) await queue.add([aJob({ id })]);
      gate.open();
      await until('all are done', () => queue.isDone('d'));
      expect(calls.map(({ ids }) => ids.sort())).toStrictEqual([['a'], ['b', 'c', 'd']]);
    });

    test('an id that waits, runs or is done is not done again', async () => {
      const queue = place.open();
      const gate = aGate();
      const { calls, handler, ids } = recorder(() => gate.opened);
      await queue.add([aJob()]);
      await queue.add([aJob(), aJob()]);
      queue.start(handler, { concurrency: 4 });
      await until('it runs', () => calls.length === 1);
      await queue.add([aJob()]);
      gate.open();
      await until('it is done', () => queue.isDone('delivery-1'));
      await queue.add([aJob(), aJob({ id: 'delivery-2' })]);
      await until('the next is done', () => queue.isDone('delivery-2'));
      expect(ids()).toStrictEqual(['delivery-1', 'delivery-2']);
    });

    test('two instances share the work, and never do one key at the same time', async () => {
      const running = new Set<string>();
      const overlaps: string[] = [];
      const by = [0, 0];
      const instances = [0, 1].map((index) => {
        const queue = place.open();
        queue.start(
          async (key) => {
            if (running.has(key)) overlaps.push(key);
            running.add(key);
            by[index]! += 1;
            await new Promise((resolve) => setTimeout(resolve, 2));
            running.delete(key);
          },
          { concurrency: 3 },
        );
        return queue;
      });
      const ids = Array.from({ length: 120 }, (_, index) => `delivery-${index}`);
      for (const [index, id] of ids.entries()) {
        await instances[index % 2]!.add([aJob({ id, key: `acme/training#${index % 5}` })]);
      }
      await until('all are done', async () => {
        const { waiting, active } = await instances[0]!.counts();
        return waiting + active === 0;
      });
      for (const id of ids) expect(await instances[0]!.isDone(id)).toBe(true);
      expect(overlaps).toStrictEqual([]);
      expect(Math.min(...by)).toBeGreaterThan(0);
    });

    test('what people wait for is taken before the background, also of a key that waits there', async () => {
      const queue = place.open();
      const { calls, handler } = recorder();
      for (const number of [1, 2, 3]) {
        await queue.add([aJob({ id: `sweep-${number}`, key: `acme/training#${number}`, urgency: 'background' })]);
      }
      await queue.add([aJob({ id: 'a', key: 'acme/training#4' })]);
      await queue.add([aJob({ id: 'b', key: 'acme/training#3' })]);
      queue.start(handler, one);
      await until('all are done', async () => (await queue.isDone('sweep-1')) && (await queue.isDone('sweep-2')));
      const keys = calls.map(({ key }) => key);
      expect(keys.slice(0, 2).sort()).toStrictEqual(['acme/training#3', 'acme/training#4']);
      expect(keys.slice(2)).toStrictEqual(['acme/training#1', 'acme/training#2']);
    });

    test('a delayed job waits for its time and holds nothing back', async () => {
      const queue = place.open();
      const { handler, ids } = recorder();
      queue.start(handler, one);
      const addedAt = Date.now();
      await queue.add([aJob({ id: 'far', delayMs: 3_600_000 }), aJob({ id: 'near', delayMs: 30 })]);
      await queue.add([aJob({ id: 'now' })]);
      await until('the near one is done', () => queue.isDone('near'));
      expect(Date.now() - addedAt).toBeGreaterThanOrEqual(30);
      expect(ids().sort()).toStrictEqual(['near', 'now']);
      expect(await queue.counts()).toStrictEqual({
        waiting: 0,
        delayed: 1,
        active: 0,
        dead: 0,
        oldestWaitingMs: null,
      });
    });

    test('what fails is tried again, and is done once it succeeds', async () => {
      const queue = place.open();
      let failures = 2;
      const { handler, ids } = recorder(() => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('GitHub is down')) : Promise.resolve();
      });
      queue.start(handler, one);
      await queue.add([aJob()]);
      await until('it is done', () => queue.isDone('delivery-1'));
      expect(ids()).toStrictEqual(['delivery-1', 'delivery-1', 'delivery-1']);
    });

    test('a job that waits for its next try does not hold a new one of its key back', async () => {
      const queue = place.open({ firstRetryMs: 3_600_000 });
      const { handler, ids } = recorder((_, jobs) => {
        return jobs.some(({ id }) => id === 'a') ? Promise.reject(new Error('no')) : Promise.resolve();
      });
      queue.start(handler, one);
      await queue.add([aJob({ id: 'a' })]);
      await until('the first has failed', async () => (await queue.counts()).delayed === 1);
      await queue.add([aJob({ id: 'b' })]);
      await until('the second is done', () => queue.isDone('b'));
      expect(ids()).toStrictEqual(['a', 'b']);
    });

    test('after the last try it is a dead letter: listed without secrets, counted, told of, and retried by hand', async () => {
      const letters: DeadLetter[] = [];
      const queue = place.open({
        maxTries: 3,
        alarm(letter) {
          letters.push(letter);
          throw new Error('an alarm that fails');
        },
      });
      let isBroken = true;
      const { handler, ids } = recorder(() => {
        return isBroken ? Promise.reject(new Error(`refused: ghs_${'a'.repeat(36)}`)) : Promise.resolve();
      });
      queue.start(handler, one);
      await queue.add([aJob()]);
      await until('the alarm is raised', () => letters.length === 1);
      expect(ids()).toHaveLength(3);
      const listed = await queue.deadLetters(10);
      expect(listed).toMatchObject([{ job: aJob(), tries: 3, error: 'Error: refused: [secret]' }]);
      expect(Math.abs(listed[0]!.diedAt.getTime() - Date.now())).toBeLessThan(60_000);
      expect(letters[0]).toMatchObject({ job: aJob(), tries: 3, error: 'Error: refused: [secret]' });
      expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0, active: 0, dead: 1 });
      expect(await queue.isDone('delivery-1')).toBe(false);

      isBroken = false;
      expect(await queue.retryDeadLetters()).toBe(1);
      await until('it is done', () => queue.isDone('delivery-1'));
      expect(await queue.deadLetters(10)).toStrictEqual([]);
      expect(await queue.retryDeadLetters()).toBe(0);
    });

    test('a dead letter that is delivered again runs again', async () => {
      const queue = place.open({ maxTries: 1 });
      let isBroken = true;
      queue.start(() => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve()), one);
      await queue.add([aJob()]);
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      isBroken = false;
      await queue.add([aJob()]);
      await until('it is done', () => queue.isDone('delivery-1'));
      expect(await queue.counts()).toMatchObject({ dead: 0 });
    });

    test('being asked to come later is no failed try', async () => {
      const queue = place.open({ maxTries: 1 });
      let times = 3;
      const { handler, ids } = recorder(() => {
        times -= 1;
        return times >= 0 ? Promise.reject(new Later(1, 'rate limit')) : Promise.resolve();
      });
      queue.start(handler, one);
      await queue.add([aJob()]);
      await until('it is done', () => queue.isDone('delivery-1'));
      expect(ids()).toHaveLength(4);
    });

    test('a stop lets what runs finish, and takes nothing more', async () => {
      const queue = place.open();
      const gate = aGate();
      const { calls, handler } = recorder(() => gate.opened);
      queue.start(handler, one);
      await queue.add([aJob({ id: 'a' })]);
      await until('it runs', () => calls.length === 1);
      const stopped = queue.stop(60_000);
      await queue.add([aJob({ id: 'b', key: 'acme/training#2' })]);
      gate.open();
      await stopped;
      expect(await queue.isDone('a')).toBe(true);
      expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0 });
    });

    test('what does not finish in time is aborted and given back, without a try counted', async () => {
      const queue = place.open({ maxTries: 1 });
      const { calls, handler } = recorder((_key, _jobs, signal) => untilAborted(signal));
      queue.start(handler, one);
      await queue.add([aJob()]);
      await until('it runs', () => calls.length === 1);
      await queue.stop(10);
      expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0, dead: 0 });
      const next = place.open({ maxTries: 1 });
      next.start(recorder().handler, one);
      await until('another instance has done it', () => next.isDone('delivery-1'));
    });

    test('the jobs of a process that is killed are taken up by another', async () => {
      const leaseMs = 500;
      const child = await RunningChild.start(kind.name, place.location, leaseMs);
      const queue = place.open({ leaseMs });
      await queue.add([aJob({ id: 'a' }), aJob({ id: 'b' })]);
      expect((await child.begun()).sort()).toStrictEqual(['a', 'b']);
      await queue.add([aJob({ id: 'c' })]);
      await child.kill();
      const { handler, ids } = recorder();
      queue.start(handler, one);
      await until('all are done', async () => {
        return (await queue.isDone('a')) && (await queue.isDone('b')) && (await queue.isDone('c'));
      });
      expect(ids().sort()).toStrictEqual(['a', 'b', 'c']);
    });

    test('a job that takes its process down is a dead letter in the end', async () => {
      const leaseMs = 300;
      const queue = place.open({ leaseMs, maxTries: 1 });
      const child = await RunningChild.start(kind.name, place.location, leaseMs);
      await queue.add([aJob()]);
      await child.begun();
      await child.kill();
      const { handler, calls } = recorder();
      queue.start(handler, one);
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      expect(calls).toStrictEqual([]);
      expect((await queue.deadLetters(1))[0]!.error).toMatch('ended in the middle');
    });

    test('all of it can be deleted at any time: who runs is told, and what comes next is done', async () => {
      const queue = place.open({ leaseMs: 300 });
      let isTold = false;
      const { calls, handler } = recorder(async (_key, [job], signal) => {
        if (job!.id !== 'a') return;
        await untilAborted(signal).finally(() => {
          isTold = true;
        });
      });
      queue.start(handler, { concurrency: 2 });
      await queue.add([aJob({ id: 'a' })]);
      await until('it runs', () => calls.length === 1);
      await place.deleteAll();
      await until('it is told', () => isTold);
      expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0, active: 0, dead: 0 });
      await queue.add([aJob({ id: 'b', key: 'acme/training#2' }), aJob({ id: 'c' })]);
      await until('the next are done', async () => (await queue.isDone('b')) && (await queue.isDone('c')));
    });

    test('whatever is added, doubled, fails and is restarted: each is done, once, and one at a time of a key', async () => {
      const step = fc.oneof(
        { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), job: fc.nat(11) }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
      );
      const failures = fc.array(fc.nat(2), { minLength: 12, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), failures, async (steps, failuresOf) => {
          const here = await kind.create();
          const running = new Set<string>();
          const completed = new Map<string, number>();
          const left = [...failuresOf];
          const problems: string[] = [];
          const handler: Handler = async (key, jobs) => {
            if (running.has(key)) problems.push(`two at a time: ${key}`);
            running.add(key);
            await new Promise((resolve) => setImmediate(resolve));
            running.delete(key);
            for (const { id } of jobs) if (completed.has(id)) problems.push(`again after it was done: ${id}`);
            const failing = jobs.filter(({ id }) => left[Number(id)]! > 0);
            for (const { id } of failing) left[Number(id)]! -= 1;
            if (failing.length > 0) throw new Error('not yet');
            for (const { id } of jobs) completed.set(id, (completed.get(id) ?? 0) + 1);
          };
          function open() {
            const queue = here.open({ maxTries: 100 });
            queue.start(handler, { concurrency: 2 });
            return queue;
          }
          let queues = [open(), open()];
          const added = new Set<string>();
          for (const { do: what, ...rest } of steps) {
            if (what === 'restart') {
              await queues[0]!.close();
              queues = [queues[1]!, open()];
              continue;
            }
            const number = 'job' in rest ? rest.job : 0;
            added.add(`${number}`);
            await queues[number % 2]!.add([aJob({ id: `${number}`, key: `acme/training#${number % 3}` })]);
          }
          await until('all are done', () => completed.size === added.size);
          await until('the queue is empty', async () => {
            const { waiting, delayed, active } = await queues[1]!.counts();
            return waiting + delayed + active === 0;
          });
          expect(problems).toStrictEqual([]);
          expect([...completed.values()].every((times) => times === 1)).toBe(true);
          await here.close();
        }),
        { numRuns: kind.name === 'SQLite' ? 30 : 8 },
      );
    }, 120_000);
  });
}
