import { isRequestFailure } from '../../github/http/explain-error.ts';
import { isWithoutInstallation, rateLimitOf } from '../clients.ts';
import { Subject } from '../events/subject.ts';
import { explain } from '../explain.ts';
import { Later, type Handler, type Job } from '../queue/queue.ts';
import { lookAtApprovals } from './approvals.ts';
import { lookAtBranch } from './branch.ts';
import { lookAtCommit } from './commit.ts';
import { lookAtInstallation } from './installation.ts';
import { lookAtMergeGroup } from './merge-group.ts';
import { lookAtPullRequest } from './pull-request.ts';
import { lookAtRepository } from './repository.ts';
import type { Tools, Work } from './work.ts';

const works: { readonly [Kind in Subject['kind']]: Work<Kind> } = {
  'pull-request': lookAtPullRequest,
  'merge-group': lookAtMergeGroup,
  commit: lookAtCommit,
  branch: lookAtBranch,
  repository: lookAtRepository,
  installation: lookAtInstallation,
  approvals: lookAtApprovals,
};

/** Does the jobs of a key, and writes one line on it. What is worth another try is thrown on to the queue. */
export function doJobs(tools: Tools, onDone: () => void): Handler {
  return async (key, jobs, signal, retryInMs = null) => {
    const startedAt = tools.now();
    const subjects = jobs.flatMap((job) => readSubject(job, tools));
    const [{ kind }] = subjects.length === 0 ? [{ kind: 'none' }] : (subjects as [Subject]);
    const finish = (outcome: string, said: string, error?: unknown): void => {
      tools.metrics.jobs.inc({ kind, outcome });
      const fields = { key, kind, jobs: jobs.map(({ id }) => id).join(' '), outcome, ms: tools.now() - startedAt };
      if (outcome === 'failed') tools.log.error(fields, said, error);
      else tools.log.info(fields, said);
    };
    try {
      const said =
        subjects.length === 0
          ? 'none of the jobs can be read'
          : await work(subjects, tools, signal, retryInMs, jobs[0]?.id ?? key);
      finish('done', said);
      onDone();
    } catch (error) {
      if (isWithoutInstallation(error)) {
        finish('gone', 'the app is not installed there any more, or suspended');
        return;
      }
      const limit = rateLimitOf(error);
      const later = limit === null ? error : new Later(limit.waitMs, limit.message);
      if (later instanceof Later) {
        finish('later', later.message);
        throw later;
      }
      if (signal.aborted) {
        finish('given back', 'the worker was told to stop');
        throw error;
      }
      finish('failed', isRequestFailure(error) ? explain(error) : 'the work failed', error);
      throw error;
    }
  };
}

async function work(
  subjects: readonly Subject[],
  tools: Tools,
  signal: AbortSignal,
  retryInMs: number | null,
  cause: string,
): Promise<string> {
  const [first] = subjects as [Subject];
  // Those of one key are of one kind, which its form tells
  const ofKind = subjects.filter(({ kind }) => kind === first.kind) as [never];
  return await (works[first.kind] as Work<Subject['kind']>)(ofKind, tools, signal, retryInMs, cause);
}

/** Jobs of another version may not be understood. They are let go: the sweep finds whatever they were about. */
function readSubject({ id, key, data }: Job, { log }: Tools): Subject[] {
  const { data: subject } = Subject.safeParse(data);
  if (subject === undefined) log.warn({ key, job: id }, 'a job that this version does not understand is let go');
  return subject === undefined ? [] : [subject];
}
