import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Knocked, Knocking } from './knocker.ts';

/** Knocks from a thread of its own: what else this process does is not to be measured as the App's time to answer. */
export async function knock(knocking: Knocking): Promise<Knocked> {
  const thread = new Worker(new URL('knocker.ts', import.meta.url), { workerData: knocking });
  const [knocked] = (await once(thread, 'message')) as [Knocked];
  return knocked;
}
