import { expect, test } from 'vitest';
import { aJob } from '../../../test/support/a-job.ts';
import { onEachQueue } from '../../../test/support/each-queue.ts';
import { until } from '../../../test/support/until.ts';
import { deadLetters } from './dead-letters.ts';

onEachQueue((place) => {
  test('what failed at every try is listed, and tried again by another process when somebody asks for it', async () => {
    const running = place.open({ maxTries: 1 });
    let isBroken = true;
    running.start(() => (isBroken ? Promise.reject(new Error('GitHub is gone')) : Promise.resolve()), {
      concurrency: 1,
    });
    await running.add([aJob()]);
    await until('it is given up', async () => (await running.counts()).dead === 1);

    const beside = place.open();
    expect(await deadLetters(beside, undefined)).toMatch(
      /^\S+Z {2}acme\/training#1 {2}delivery-1 {2}tries: 1 {2}Error: GitHub is gone\n$/,
    );
    isBroken = false;
    expect(await deadLetters(beside, 'retry')).toBe('dead letters that are tried again: 1\n');
    await until('it is done', () => running.isDone('delivery-1'));
    expect(await deadLetters(beside, undefined)).toBe('there are no dead letters\n');
    await expect(deadLetters(beside, 'rerty')).rejects.toThrow('say "retry", or nothing');
  });
});
