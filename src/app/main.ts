import { version } from '../core/version.ts';
import { createAnswerCache } from '../github/http/answer-cache.ts';
import { KnownBlobs } from '../github/reading/known-blobs.ts';
import { LastRuns } from '../github/checks/last-runs.ts';
import { checkName } from '../github/checks/check.ts';
import { createClients } from './clients.ts';
import { systemClock } from './clock.ts';
import { countAnswers } from './count-answers.ts';
import { EvaluationThreads } from './evaluation/evaluation-threads.ts';
import { createLog, type Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { openPaces } from './pacing/open-paces.ts';
import type { Paces, Purpose } from './pacing/paces.ts';
import { createProbot } from './probot.ts';
import { openQueue } from './queue/open-queue.ts';
import type { Queue } from './queue/queue.ts';
import { startRecovery } from './recovery/recovery.ts';
import type { Settings } from './settings.ts';
import { createRoutes } from './web/routes.ts';
import { serve } from './web/server.ts';
import { doJobs } from './work/do-jobs.ts';
import type { Tools } from './work/work.ts';

/** Characters of GitHub's answers that are kept in memory. */
const answersLength = 64_000_000;

export interface AppOptions {
  readonly settings: Settings;
  /** Where lines of the log go; by default to the standard output. */
  readonly log?: Log;
  readonly now?: () => number;
  /** A GitHub of one's own need not be written to slowly: a test, a bench. */
  readonly writesApartMs?: number;
  /** How long a job in a file waits after the process that did it was killed. */
  readonly leaseMs?: number;
}

export interface RunningApp {
  /** Where it listens. */
  readonly url: string;
  /** Takes nothing new, finishes what runs within the grace of the settings, and gives the rest back to the queue. */
  stop(): Promise<void>;
}

/** Starts the App in this process: the server takes deliveries, workers do what they ask for. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { settings, now = Date.now, writesApartMs, leaseMs = fileLeaseMs } = options;
  const probot = await createProbot(settings);
  const log = options.log ?? createLog(probot.log);
  const warn = (message: string) => {
    log.warn({}, message);
  };
  const queue = openQueue(settings.queue, {
    leaseMs,
    alarm: ({ job, tries, error }) => {
      metrics.deadLetters.inc();
      log.error({ key: job.key, job: job.id, tries, reason: error }, 'a job failed at every try and is given up');
    },
    warn,
  });
  const metrics = new Metrics(() => queue.counts());
  const paces = openPaces(settings.queue, writesApartMs === undefined ? {} : { writesApartMs });
  const answers = createAnswerCache(answersLength);
  const clientsFor = (purpose: Purpose) => {
    const pauseOf = (id: number | null) => paces.of(id, purpose);
    return createClients(probot, settings, { answers, onAnswer: countAnswers(metrics), pauseOf });
  };
  // Some that would never end may come before one that does, whose own time goes on
  const evaluations = new EvaluationThreads({ mostTurnMs: settings.evaluationTimeoutMs / turnsInTime });
  const tools: AppTools = {
    clients: { check: clientsFor('check'), comment: clientsFor('comment'), sweep: clientsFor('sweep') },
    evaluations,
    blobs: new KnownBlobs(),
    lastRuns: new LastRuns(),
    queue,
    metrics,
    log,
    now,
    evaluationTimeoutMs: settings.evaluationTimeoutMs,
    showAfterMs,
    freshMs,
    appId: settings.app.id,
    secret: settings.webhookSecrets[0],
  };
  try {
    return await start(settings, tools, paces);
  } catch (error) {
    // Nobody else would let go of them: the port is taken, say
    await Promise.all([queue.close(), paces.close(), evaluations.close()]);
    throw error;
  }
}

/** Most verdicts are there before: one write then, and not two. */
const showAfterMs = 4_000;

/** Whatever happens in that time has a delivery of its own, and is looked at next. */
const freshMs = 1_000;

/** Docker kills 10 s after it asked, two more than the grace is where nothing else is set. */
const closingMs = 1_000;

/** False where the work hangs: whatever is out of reach, the process has to end. */
async function within(milliseconds: number, work: () => Promise<void>): Promise<boolean> {
  const late = new AbortController();
  try {
    return await Promise.race([
      work().then(() => true),
      systemClock.sleep(milliseconds, late.signal).then(() => false),
    ]);
  } finally {
    late.abort();
  }
}

/** As many evaluations may have to be ended, one after the other, while another one waits for its turn. */
const turnsInTime = 6;

/** On one machine nothing but a kill or a stall of seconds keeps a worker from renewing its lease. */
const fileLeaseMs = 3_000;

type AppTools = Tools & { readonly queue: Queue; readonly evaluations: EvaluationThreads };

/** Opens the server, and has workers and recovery begin. */
async function start(settings: Settings, tools: AppTools, paces: Paces): Promise<RunningApp> {
  const { appId, clients, evaluations, log, metrics, now, queue } = tools;
  let lastHandledAt: number | null = null;
  const routes = createRoutes({
    settings,
    queue,
    clients: clients.check,
    metrics,
    log,
    now,
    lastHandledAt: () => lastHandledAt,
  });
  const server = await serve(routes, {
    ...settings.server,
    onError: (error) => {
      log.error({}, 'a request could not be answered', error);
    },
  });
  const { concurrency } = settings;
  const handler = doJobs(tools, () => {
    lastHandledAt = now();
  });
  queue.start(handler, { concurrency });
  const recovery = startRecovery({
    clients: clients.sweep,
    queue,
    appId,
    checkName,
    info: (message) => {
      log.info({}, message);
    },
    warn: (message) => {
      log.warn({}, message);
    },
  });
  log.info({ version, url: server.url, github: settings.github.apiUrl, concurrency }, 'scalegate is up');
  return {
    url: server.url,
    stop: async () => {
      log.info({ graceMs: settings.stopGraceMs }, 'scalegate stops');
      const grace = settings.stopGraceMs;
      const isStopped = await within(grace + closingMs, async () => {
        await Promise.all([recovery.stop(), server.stop(grace), queue.stop(grace)]);
        await Promise.all([queue.close(), paces.close(), evaluations.close()]);
      });
      if (isStopped) log.info({}, 'scalegate has stopped');
      else log.warn({}, 'something is out of reach that is still open; scalegate stops without it');
    },
  };
}
