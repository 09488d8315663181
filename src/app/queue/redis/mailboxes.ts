import type { Redis } from 'ioredis';
import type { HeldJob, TriedJob } from '../attempt.ts';
import type { Counts, DeadLetter, Job } from '../queue.ts';
import * as scripts from './mailbox-scripts.ts';

/** What the bell of a key has to say. */
export interface Bell {
  readonly key: string;
  readonly urgency: Job['urgency'];
  /** A bell for it may have been rung with less urgency. */
  readonly hurry: boolean;
  readonly delayMs: number;
}

/** The jobs of each key, in Redis. Who may take which is not decided here: a key's bell is answered by one worker at a time. */
export class Mailboxes {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Skips what is done, waits or is held, and says which bells are to be rung all the same. */
  async add(jobs: readonly Job[]): Promise<readonly Bell[]> {
    const fields = jobs.flatMap(({ id, key, data, urgency, delayMs = 0 }) => {
      return [id, key, JSON.stringify(data ?? null), urgency, Math.round(delayMs)];
    });
    const bells = (await this.#run(scripts.addScript, ...fields)) as [string, string, string, number][];
    return bells.map(([key, urgency, hurry, delayMs]) => {
      return { key, urgency: urgencyOf(urgency), hurry: hurry === '1', delayMs };
    });
  }

  /** All jobs that are due, now held under the token; else in how many milliseconds one is due, if any waits. */
  async take(key: string, token: string): Promise<readonly HeldJob[] | number | null> {
    const taken = (await this.#run(scripts.takeScript, key, token)) as [string, string, string, number][] | number;
    if (typeof taken === 'number') return taken < 0 ? null : taken;
    return taken.map(([id, data, urgency, tries]) => {
      return { job: { id, key, data: JSON.parse(data) as unknown, urgency: urgencyOf(urgency) }, tries };
    });
  }

  /** Writes what became of held jobs. Returns whether they were still held, and in how many milliseconds the next is due. */
  async settle(
    key: string,
    token: string,
    tried: readonly TriedJob[],
    retentionMs: number,
  ): Promise<{ readonly wasHeld: boolean; readonly nextMs: number | null }> {
    const fields = tried.flatMap(({ job, tries, outcome }) => {
      const detail = outcome.kind === 'again' ? outcome.delayMs : outcome.kind === 'dead' ? outcome.error : '';
      const counted = outcome.kind === 'again' && !outcome.failed ? tries - 1 : tries;
      return [job.id, outcome.kind, detail, counted];
    });
    const answer = Number(await this.#run(scripts.settleScript, key, token, retentionMs, ...fields));
    return { wasHeld: answer !== -2, nextMs: answer < 0 ? null : answer };
  }

  async isDone(id: string): Promise<boolean> {
    return (await this.#redis.exists(`${this.#prefix}done:${id}`)) === 1;
  }

  async counts(): Promise<Counts> {
    const [waiting, delayed, active, dead, oldest] = (await this.#run(scripts.countsScript)) as CountsReply;
    return { waiting, delayed, active, dead, oldestWaitingMs: oldest < 0 ? null : oldest };
  }

  async deadLetters(most: number): Promise<readonly DeadLetter[]> {
    const rows = (await this.#run(scripts.deadLettersScript, most)) as string[][];
    return rows.flatMap(([id, key, data, urgency, tries, error, died]) => {
      if (id === undefined || key === undefined || data === undefined) return [];
      const job: Job = { id, key, data: JSON.parse(data) as unknown, urgency: urgencyOf(urgency) };
      return [{ job, tries: Number(tries), error: error ?? '', diedAt: new Date(Number(died)) }];
    });
  }

  /** The key of each dead letter, at most so many, that waits again. */
  async retryDeadLetters(most: number): Promise<readonly string[]> {
    return (await this.#run(scripts.retryDeadLettersScript, most)) as string[];
  }

  /** Keys whose jobs have been due for so long, at most so many. */
  async overdue(dueForMs: number, most: number): Promise<readonly string[]> {
    return [...new Set((await this.#run(scripts.overdueScript, dueForMs, most)) as string[])];
  }

  async prune(retentionMs: number): Promise<void> {
    await this.#run(scripts.pruneScript, retentionMs);
  }

  async #run(script: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return await this.#redis.eval(script, 1, this.#prefix, ...args);
  }
}

type CountsReply = readonly [number, number, number, number, number];

function urgencyOf(text: string | undefined): Job['urgency'] {
  return text === 'background' ? 'background' : 'now';
}
