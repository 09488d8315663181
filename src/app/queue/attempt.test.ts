import { expect, test } from 'vitest';
import { attempt } from './attempt.ts';

const options = { maxTries: 3, firstRetryMs: 1000, random: () => 0 };
const job = { id: 'a', key: 'acme/training#1', data: null, urgency: 'now' } as const;

/** What a handler that fails was told, and what became of jobs that were tried so often. */
async function failAfter(...tries: readonly number[]) {
  const told: (number | null | undefined)[] = [];
  const handler = (_key: string, _jobs: unknown, _signal: AbortSignal, retryInMs?: number | null) => {
    told.push(retryInMs);
    return Promise.reject(new Error('no luck'));
  };
  const held = tries.map((count) => ({ job, tries: count }));
  const tried = await attempt(handler, job.key, held, new AbortController().signal, options);
  return { told, outcomes: tried.map(({ outcome }) => (outcome.kind === 'again' ? outcome.delayMs : outcome.kind)) };
}

test('a handler is told when the first of its jobs is tried again should it fail, which is when that happens', async () => {
  expect(await failAfter(1)).toEqual({ told: [500], outcomes: [500] });
  expect(await failAfter(2, 1)).toEqual({ told: [500], outcomes: [1500, 500] });
});

test('a handler is told that it is the last try where any of its jobs would be given up', async () => {
  expect(await failAfter(1, 3)).toEqual({ told: [null], outcomes: [500, 'dead'] });
});
