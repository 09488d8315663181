import { availableParallelism } from 'node:os';
import type { Evaluate } from '../../workspace/evaluate.ts';
import { EvaluationThread, type ThreadOptions } from './evaluation-thread.ts';

export interface ThreadsOptions extends ThreadOptions {
  /** At most so many threads. */
  readonly most?: number;
}

/** One core is for deliveries. Each thread may take a gigabyte, which is what limits them on large machines. */
function mostThreads(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/**
 * As many threads as there are cores to compute on. An evaluation is given to the one that has the fewest; another is
 * started only where all of them have one, since each takes a second and memory to load.
 */
export class EvaluationThreads {
  readonly #options: ThreadOptions;
  readonly #most: number;
  readonly #threads: EvaluationThread[] = [];

  constructor({ most = mostThreads(), ...options }: ThreadsOptions) {
    this.#options = options;
    this.#most = most;
    // The first evaluation need not wait for it
    this.#add();
  }

  /** What evaluates for as long as the signal is not aborted. */
  within(signal: AbortSignal): Evaluate {
    return (sources, today) => this.#idlest().within(signal)(sources, today);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #idlest(): EvaluationThread {
    const [first = this.#add(), ...others] = this.#threads;
    const idlest = others.reduce((least, thread) => (thread.open < least.open ? thread : least), first);
    return idlest.open > 0 && this.#threads.length < this.#most ? this.#add() : idlest;
  }

  #add(): EvaluationThread {
    const thread = new EvaluationThread(this.#options);
    this.#threads.push(thread);
    return thread;
  }
}
