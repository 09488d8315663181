import { expect, test } from 'vitest';
import { aJob } from '../../../test/support/a-job.ts';
import { onEachQueue } from '../../../test/support/each-queue.ts';
import { one, recorder } from '../../../test/support/queue-handlers.ts';
import { until } from '../../../test/support/until.ts';
import { Later, type DeadLetter } from './queue.ts';

onEachQueue((place) => {
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
});
