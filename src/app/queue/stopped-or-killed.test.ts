import { expect, test } from 'vitest';
import { aJob } from '../../../test/support/a-job.ts';
import { onEachQueue } from '../../../test/support/each-queue.ts';
import { RunningChild } from '../../../test/support/queue-child.ts';
import { aGate, one, recorder, untilAborted } from '../../../test/support/queue-handlers.ts';
import { until } from '../../../test/support/until.ts';

onEachQueue((place, kind) => {
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
});
