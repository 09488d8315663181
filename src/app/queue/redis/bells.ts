import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Bell } from './mailboxes.ts';

/** What a BullMQ job says: look into the mailbox of this key. */
export interface BellData {
  readonly key: string;
  readonly urgency: Bell['urgency'];
}

/** BullMQ takes jobs without a priority before those with one. */
const priorities = { now: 0, background: 1 };

/**
 * One BullMQ job a key. Its deduplication is what coalesces and excludes: while a bell waits another is dropped, while it
 * is answered another is kept and rung after it. A bell that rings later is a job of its own that rings the key's.
 */
export class Bells {
  readonly #queue: Queue<BellData>;

  constructor(connection: Redis, options: { readonly name: string; readonly prefix: string }) {
    this.#queue = new Queue<BellData>(options.name, {
      connection,
      prefix: options.prefix,
      defaultJobOptions: {
        removeOnComplete: true,
        removeOnFail: true,
        // Only Redis itself makes a bell fail: it rings until somebody can look
        attempts: Number.MAX_SAFE_INTEGER,
        backoff: { type: 'fixed', delay: 1_000 },
      },
      // Nobody reads the events
      streams: { events: { maxLen: 100 } },
    });
    // Told by the connection
    this.#queue.on('error', () => undefined);
  }

  async ring(bells: readonly Bell[]): Promise<void> {
    if (bells.length === 0) return;
    const jobs = await this.#queue.addBulk(bells.map(bulkJob));
    for (const [index, { hurry, urgency }] of bells.entries()) {
      // Fails where the bell is answered by now, which is as good
      if (hurry && urgency === 'now') await jobs[index]?.changePriority({ priority: 0 }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}

function bulkJob({ key, urgency, delayMs }: Bell) {
  const data: BellData = { key, urgency };
  const priority = priorities[urgency];
  if (delayMs > 0) {
    const deduplication = { id: `later:${key}@${Date.now() + delayMs}` };
    return { name: 'later', data, opts: { delay: delayMs, priority, deduplication } };
  }
  return { name: 'now', data, opts: { priority, deduplication: { id: key, keepLastIfActive: true } } };
}
