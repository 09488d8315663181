import type { Clients } from '../clients.ts';
import type { EvaluationThread } from '../evaluation/evaluation-thread.ts';
import type { Subject } from '../events/subject.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Queue } from '../queue/queue.ts';
import type { Purpose } from '../pacing/paces.ts';

/** What all work is done with. */
export interface Tools {
  /** By what they are for: where GitHub's limit runs out, sweeps stop first and checks last. */
  readonly clients: Readonly<Record<Purpose, Clients>>;
  readonly appId: number;
  readonly queue: Pick<Queue, 'add'>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** The key of the codes with which people approve. */
  readonly secret: string;
  readonly evaluations: Pick<EvaluationThread, 'within'>;
  readonly evaluationTimeoutMs: number;
  readonly now: () => number;
}

/** Subjects of one kind. */
export type SubjectOf<Kind extends Subject['kind']> = Extract<Subject, { readonly kind: Kind }>;

/**
 * Does what the jobs of one key ask for; their subjects, oldest first, are of one kind. Returns what came of it in a word
 * or two, for the log. Throws what is worth another try, which comes after `retryInMs`; null where this is the last one.
 */
export type Work<Kind extends Subject['kind']> = (
  subjects: readonly [SubjectOf<Kind>, ...SubjectOf<Kind>[]],
  tools: Tools,
  signal: AbortSignal,
  retryInMs: number | null,
) => Promise<string>;
