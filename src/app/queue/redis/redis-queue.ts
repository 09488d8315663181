import type { Redis } from 'ioredis';
import { systemClock } from '../../clock.ts';
import type { Counts, DeadLetter, Handler, Job, Queue, QueueOptions } from '../queue.ts';
import { queueSettings, type QueueSettings } from '../settings.ts';
import { Bells } from './bells.ts';
import { connectPatiently, connectPromptly } from './connection.ts';
import { Mailboxes } from './mailboxes.ts';
import { Worker } from './worker.ts';

export interface RedisQueueOptions extends QueueOptions {
  /** Before every key, so that others may use the same Redis. */
  readonly prefix?: string;
}

const name = 'bells';

/** Below GitHub's 10 s, together with what came before it. */
const ringTimeoutMs = 3_000;

/**
 * The queue in Redis, for several instances. The jobs lie in a mailbox a key; BullMQ rings the bells, sees that one worker
 * at a time answers that of a key, and has another answer it where that one was killed. `url` is `redis://` or, with TLS,
 * `rediss://`, with user and password where there are any. Connects when it can.
 */
export function openRedisQueue(url: string, { prefix = 'scalegate', ...options }: RedisQueueOptions = {}): Queue {
  return new RedisQueue(url, prefix, queueSettings(options));
}

class RedisQueue implements Queue {
  readonly #settings: QueueSettings;
  readonly #prefix: string;
  readonly #prompt: Redis;
  readonly #patient: Redis;
  readonly #mailboxes: Mailboxes;
  readonly #bells: Bells;
  #worker: Worker | null = null;

  constructor(url: string, prefix: string, settings: QueueSettings) {
    this.#settings = settings;
    // The braces keep all keys on one node of a cluster, which scripts need
    this.#prefix = `{${prefix}}`;
    this.#prompt = connectPromptly(url, settings.warn);
    this.#patient = connectPatiently(url);
    this.#mailboxes = new Mailboxes(this.#prompt, `${this.#prefix}:mail:`);
    this.#bells = new Bells(this.#patient, { name, prefix: this.#prefix });
  }

  /** A process that ends between the two writes has not answered GitHub yet; the delivery comes again and rings the bell. */
  async add(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const bells = await this.#mailboxes.add(jobs);
    await within(ringTimeoutMs, this.#bells.ring(bells));
  }

  start(handler: Handler, { concurrency }: { readonly concurrency: number }): void {
    if (this.#worker !== null) throw new Error('The queue was started before');
    this.#worker = new Worker(this.#patient, this.#mailboxes, this.#bells, handler, {
      ...this.#settings,
      name,
      prefix: this.#prefix,
      concurrency,
    });
  }

  async stop(graceMs: number): Promise<void> {
    await this.#worker?.stop(graceMs);
  }

  async isDone(id: string): Promise<boolean> {
    return await this.#mailboxes.isDone(id);
  }

  async counts(): Promise<Counts> {
    return await this.#mailboxes.counts();
  }

  async deadLetters(most: number): Promise<readonly DeadLetter[]> {
    return await this.#mailboxes.deadLetters(most);
  }

  async retryDeadLetters(): Promise<number> {
    let count = 0;
    for (;;) {
      const keys = await this.#mailboxes.retryDeadLetters(deadLettersAtOnce);
      await this.#bells.ring([...new Set(keys)].map((key) => ({ key, urgency: 'now', hurry: true, delayMs: 0 })));
      count += keys.length;
      if (keys.length < deadLettersAtOnce) return count;
    }
  }

  async close(): Promise<void> {
    await this.stop(0);
    await within(ringTimeoutMs, this.#bells.close()).catch(() => undefined);
    this.#prompt.disconnect();
    this.#patient.disconnect();
  }
}

const deadLettersAtOnce = 500;

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const isDone = new AbortController();
  const late = systemClock.sleep(milliseconds, isDone.signal).then(() => {
    throw new Error(`Redis did not answer within ${milliseconds / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    isDone.abort();
    late.catch(() => undefined);
  }
}
