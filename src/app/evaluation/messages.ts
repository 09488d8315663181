import type { FileContent } from '../../core/source-file.ts';
import type { Evaluate } from '../../workspace/evaluate.ts';
import type { PullRequestSources } from '../../workspace/gather.ts';

/** What the thread can't know by itself. */
export type Question =
  | { readonly about: 'list'; readonly side: 'base' | 'head' }
  | { readonly about: 'read'; readonly side: 'base' | 'head'; readonly paths: readonly string[] }
  | { readonly about: 'hub'; readonly url: string };

export type Answer = readonly string[] | ReadonlyMap<string, FileContent> | FileContent;

/** What the thread has a turn for. `id` is of an evaluation, `question` of one of the thread's questions. */
export type Turn =
  | {
      readonly kind: 'evaluate';
      readonly id: number;
      readonly sources: Pick<PullRequestSources, 'changedFiles' | 'guards'>;
      readonly today: string;
    }
  /** null where there is none to be had. */
  | { readonly kind: 'answer'; readonly id: number; readonly question: number; readonly answer: Answer | null };

export interface Asked {
  readonly id: number;
  readonly question: number;
  readonly ask: Question;
}

export type Said =
  /** It has loaded the core, or has done all that it can before it gets another turn. Its questions can be looked up in one go. */
  | { readonly kind: 'waits'; readonly asked: readonly Asked[] }
  | { readonly kind: 'evaluated'; readonly id: number; readonly evaluation: Awaited<ReturnType<Evaluate>> }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };
