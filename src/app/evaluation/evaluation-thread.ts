import { Worker } from 'node:worker_threads';
import type { Evaluate } from '../../workspace/evaluate.ts';
import type { PullRequestSources } from '../../workspace/gather.ts';
import { theHub } from '../../workspace/hub-models.ts';
import { DeadlineExceeded } from '../work/deadline.ts';
import type { Answer, Asked, Question, Said, Turn } from './messages.ts';
import { OutOfMemory } from './out-of-memory.ts';

export interface ThreadOptions {
  /** How long an evaluation may compute without a pause, while all others wait for it. */
  readonly mostTurnMs: number;
  readonly memoryMegabytes?: number;
  /** What the thread runs. */
  readonly entry?: URL;
}

interface Job {
  readonly sources: PullRequestSources;
  readonly today: string;
  readonly resolve: (evaluation: Awaited<ReturnType<Evaluate>>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Evaluates in a thread of its own: what computes for a second holds up no delivery, and what would never end can be ended.
 * The thread has one turn at a time, in which it does all that follows from one message, so that it is known whose turn it
 * is when it hangs or dies: that evaluation fails, and the others start over in a new thread.
 */
export class EvaluationThread {
  readonly #options: ThreadOptions;
  readonly #jobs = new Map<number, Job>();
  readonly #turns: Turn[] = [];
  #begun = 0;
  #thread: Worker | null;
  /** Whose turn it is; null while the thread waits. */
  #current: { readonly id: number; readonly limit: NodeJS.Timeout } | null = null;
  #isLoading = true;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#thread = this.#start();
  }

  /** What evaluates for as long as the signal is not aborted. */
  within(signal: AbortSignal): Evaluate {
    return async (sources, today) => {
      signal.throwIfAborted();
      if (this.#isClosed) throw new Error(stops);
      this.#begun += 1;
      const id = this.#begun;
      const giveUp = () => {
        this.#settle(id)?.reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp);
      try {
        return await new Promise((resolve, reject) => {
          this.#jobs.set(id, { sources, today, resolve, reject });
          this.#begin(id);
        });
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    };
  }

  /** How many evaluations it has that are not over. */
  get open(): number {
    return this.#jobs.size;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end(this.#thread, new Error(stops));
  }

  #start(): Worker {
    const { entry = new URL('thread.ts', import.meta.url), memoryMegabytes = 1024 } = this.#options;
    this.#isLoading = true;
    const thread = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } });
    thread.on('message', (said: Said) => {
      if (thread === this.#thread) this.#hear(said);
    });
    thread.on('error', (error: Error & { readonly code?: string }) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      void this.#end(thread, isFull ? new OutOfMemory(memoryMegabytes) : error);
    });
    thread.on('exit', () => {
      void this.#end(thread, new Error('the thread that evaluates ended by itself'));
    });
    return thread;
  }

  #begin(id: number): void {
    const { sources, today } = this.#jobs.get(id) ?? {};
    if (sources === undefined || today === undefined) return;
    const { changedFiles, guards } = sources;
    this.#turns.push({ kind: 'evaluate', id, sources: { changedFiles, guards }, today });
    this.#thread ??= this.#start();
    this.#next();
  }

  #next(): void {
    if (this.#isLoading || this.#current !== null) return;
    const turn = this.#turns.shift();
    if (turn === undefined) return;
    const { mostTurnMs } = this.#options;
    const limit = setTimeout(() => {
      void this.#end(this.#thread, new DeadlineExceeded(mostTurnMs));
    }, mostTurnMs);
    this.#current = { id: turn.id, limit };
    this.#thread?.postMessage(turn);
  }

  #hear(said: Said): void {
    switch (said.kind) {
      case 'waits':
        this.#isLoading = false;
        this.#endTurn();
        for (const asked of said.asked) void this.#answer(asked);
        this.#next();
        break;
      case 'evaluated':
        this.#settle(said.id)?.resolve(said.evaluation);
        break;
      case 'failed':
        this.#settle(said.id)?.reject(said.error);
    }
  }

  async #answer({ id, question, ask }: Asked): Promise<void> {
    const thread = this.#thread;
    const answer = await this.#lookUp(id, ask);
    // A new thread has questions of its own
    if (thread !== this.#thread) return;
    this.#turns.push({ kind: 'answer', id, question, answer });
    this.#next();
  }

  /** null where there is no answer, or nobody who waits for it any more. */
  async #lookUp(id: number, ask: Question): Promise<Answer | null> {
    const { sources } = this.#jobs.get(id) ?? {};
    if (sources === undefined) return null;
    try {
      if (ask.about === 'hub') return await (sources.hub ?? theHub)(ask.url);
      return await (ask.about === 'list' ? sources[ask.side].list() : sources[ask.side].read(ask.paths));
    } catch (error) {
      // As it is: what becomes of the job depends on what GitHub said
      this.#settle(id)?.reject(error);
      return null;
    }
  }

  #settle(id: number): Job | undefined {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    return job;
  }

  #endTurn(): void {
    clearTimeout(this.#current?.limit);
    this.#current = null;
  }

  /** Fails the evaluation whose turn it is, and has the others start over. Resolves when the thread is no more. */
  async #end(thread: Worker | null, why: Error): Promise<void> {
    if (thread === null || thread !== this.#thread) return;
    // One that did not load would not do so the next time either
    const failing = this.#isClosed || this.#isLoading ? [...this.#jobs.keys()] : [this.#current?.id ?? 0];
    for (const id of failing) this.#settle(id)?.reject(why);
    this.#endTurn();
    this.#turns.length = 0;
    this.#thread = null;
    for (const id of this.#jobs.keys()) this.#begin(id);
    await thread.terminate();
  }
}

const stops = 'scalegate stops';
