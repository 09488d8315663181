import { once } from 'node:events';
import type { Handler } from '../../src/app/queue/queue.ts';

/** A handler that remembers what it was given, and then does something. */
export function recorder(then: Handler = () => Promise.resolve()) {
  const calls: { key: string; ids: string[]; data: unknown[] }[] = [];
  const handler: Handler = async (key, jobs, signal) => {
    calls.push({ key, ids: jobs.map(({ id }) => id), data: jobs.map(({ data }) => data) });
    await then(key, jobs, signal);
  };
  return { calls, handler, ids: () => calls.flatMap(({ ids }) => ids) };
}

/** Something that is awaited in one place and brought about in another. */
export function aGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export function untilAborted(signal: AbortSignal): Promise<never> {
  return once(signal, 'abort').then(() => {
    throw new Error('aborted');
  });
}

export const one = { concurrency: 1 };
