import type { Clients } from '../clients.ts';
import type { EvaluationThreads } from '../evaluation/evaluation-threads.ts';
import type { Subject } from '../events/subject.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Queue } from '../queue/queue.ts';
import type { KnownBlobs } from '../../github/reading/known-blobs.ts';
import type { LastRuns } from '../../github/checks/last-runs.ts';
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
  readonly evaluations: Pick<EvaluationThreads, 'within'>;
  /** Contents of files that were read before. */
  readonly blobs: KnownBlobs;
  /** What was published last, which lists of GitHub may not show yet. */
  readonly lastRuns: LastRuns;
  readonly evaluationTimeoutMs: number;
  /** Where the verdict takes longer than this, the check says that there will be one. */
  readonly showAfterMs: number;
  /** For so long what was read of a pull request is taken to be so still. */
  readonly freshMs: number;
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
  /** Id of the first job: the same for every try. */
  cause: string,
) => Promise<string>;
