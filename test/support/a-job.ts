import type { Job } from '../../src/app/queue/queue.ts';

export function aJob(deviation: Partial<Job> = {}): Job {
  return { id: 'delivery-1', key: 'acme/training#1', data: { number: 1 }, urgency: 'now', ...deviation };
}
