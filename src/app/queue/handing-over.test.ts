import { expect, test } from 'vitest';
import { aJob } from '../../../test/support/a-job.ts';
import { onEachQueue } from '../../../test/support/each-queue.ts';
import { aGate, one, recorder } from '../../../test/support/queue-handlers.ts';
import { until } from '../../../test/support/until.ts';

onEachQueue((place) => {
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
    await queue.add([aJob({ id: 'a' }), aJob({ id: 'b' })]);
    await queue.add([aJob({ id: 'c', key: 'acme/training#2' })]);
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
});
