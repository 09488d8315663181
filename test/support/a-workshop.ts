import { jobOf } from '../../src/app/events/jobs-of.ts';
import type { Subject } from '../../src/app/events/subject.ts';
import type { Fields, Log } from '../../src/app/log.ts';
import { Metrics } from '../../src/app/metrics.ts';
import type { Job } from '../../src/app/queue/queue.ts';
import { doJobs } from '../../src/app/work/do-jobs.ts';
import type { Tools } from '../../src/app/work/work.ts';
import { KnownBlobs } from '../../src/github/reading/known-blobs.ts';
import { LastRuns } from '../../src/github/checks/last-runs.ts';
import type { AnswerCache } from '../../src/github/http/answer-cache.ts';
import type { Clock } from '../../src/github/http/patience.ts';
import { evaluateHere } from '../../src/workspace/evaluate.ts';
import { appClients } from './app-clients.ts';
import { createSampleRepository, largeMovedToXl } from './sample-repository.ts';
import type { GitHubWithApp } from './with-app.ts';

const repository = { owner: 'acme', repo: 'vr-models' };

const here = { within: () => evaluateHere };

/** The work without a queue: what follows from a job is returned, and its line in the log. */
export async function aWorkshop(
  github: GitHubWithApp,
  {
    answers,
    evaluationTimeoutMs = 30_000,
    evaluations = here,
    freshMs = 0,
  }: Partial<Tools> & { readonly answers?: AnswerCache } = {},
) {
  const clients = await appClients(github, { clock: hastyClock(), ...(answers === undefined ? {} : { answers }) });
  const lines: (Fields & { readonly said: string })[] = [];
  const write: Log['info'] = (fields, said) => void lines.push({ ...fields, said });
  const added: Job[] = [];
  const tools: Tools = {
    clients: { check: clients, comment: clients, sweep: clients },
    appId: github.app.id,
    queue: {
      add: (jobs) => {
        added.push(...jobs);
        return Promise.resolve();
      },
    },
    metrics: new Metrics(() => Promise.reject(new Error('no queue'))),
    log: { debug: write, info: write, warn: write, error: write },
    secret: 'a secret',
    evaluations,
    blobs: new KnownBlobs(),
    lastRuns: new LastRuns(),
    evaluationTimeoutMs,
    showAfterMs: 1e6,
    freshMs,
    now: Date.now,
  };
  const handle = doJobs(tools, () => undefined);
  return {
    added,
    lines,
    metrics: tools.metrics,
    look: async (subject: Partial<Subject> & { kind: Subject['kind'] }, retryInMs: number | null = null) => {
      const whole = { installationId: github.installation.id, repository, ...subject } as Subject;
      const jobs = [{ id: 'a-guid', ...jobOf(whole) }];
      await handle(jobOf(whole).key, jobs, new AbortController().signal, retryInMs);
    },
  };
}

/** Nobody waits for GitHub in a test: time passes when somebody sleeps. */
function hastyClock(): Clock {
  let sleptMs = 0;
  return {
    now: () => Date.now() + sleptMs,
    sleep: (milliseconds) => {
      sleptMs += milliseconds;
      return Promise.resolve();
    },
  };
}

/** A pull request, number 1, that moves the Large config to XL. */
export async function jumpToXl({ local }: GitHubWithApp) {
  const sample = await createSampleRepository(local);
  await sample.commit('xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'engineer' });
  return { sample, pullRequest: await sample.openPullRequest({ head: 'xl', author: 'engineer' }) };
}

/** That it is to be looked at. */
export const one = { kind: 'pull-request', number: 1, again: false } as const;

/** All check runs of a repository, those of the first commit first. */
export function runsOf({ checkSuites }: Awaited<ReturnType<typeof createSampleRepository>>) {
  return checkSuites.flatMap(({ runs }) => runs);
}
