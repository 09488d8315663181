import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aJob } from '../../../test/support/a-job.ts';
import { onEachQueue } from '../../../test/support/each-queue.ts';
import { aGate, recorder } from '../../../test/support/queue-handlers.ts';
import { until } from '../../../test/support/until.ts';
import type { Handler } from './queue.ts';

onEachQueue((place, kind) => {
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
