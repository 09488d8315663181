import { version } from '../core/version.ts';
import { createAnswerCache } from '../github/answer-cache.ts';
import { checkName } from '../github/check.ts';
import { createClients, type Answered } from './clients.ts';
import { createCredentialsProbe } from './credentials.ts';
import { EvaluationThread } from './evaluation/evaluation-thread.ts';
import { createLog, type Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { createMemoryPaces } from './pacing/memory-paces.ts';
import type { Paces, Purpose } from './pacing/paces.ts';
import { createRedisPaces } from './pacing/redis-paces.ts';
import { createProbot } from './probot.ts';
import { openQueue } from './queue/open-queue.ts';
import type { Counts, Queue } from './queue/queue.ts';
import { startRecovery } from './recovery/recovery.ts';
import type { Settings } from './settings.ts';
import { createDoor, type Attempt } from './web/door.ts';
import { createPage } from './web/page.ts';
import { createMetricsRoute, createReadyz, healthz } from './web/probes.ts';
import { serve } from './web/server.ts';
import { doJobs } from './work/do-jobs.ts';

/** Where Probot and GitHub's docs have webhooks go; Probot's set-up page registers the address without a path. */
const webhookPaths = ['/api/github/webhooks', '/'] as const;

/** Characters of GitHub's answers that are kept in memory. */
const answersLength = 64_000_000;

export interface AppOptions {
  readonly settings: Settings;
  /** Where lines of the log go; by default to the standard output. */
  readonly log?: Log;
  readonly now?: () => number;
  /** A GitHub of one's own need not be written to slowly: a test, a bench. */
  readonly writesApartMs?: number;
  /** How long a job waits after the process that did it was killed. */
  readonly leaseMs?: number;
}

export interface RunningApp {
  /** Where it listens. */
  readonly url: string;
  /** Takes nothing new, finishes what runs within the grace of the settings, and gives the rest back to the queue. */
  stop(): Promise<void>;
}

/** Starts the App in this process: the door takes deliveries, workers do what they ask for. */
export async function startApp({ settings, now = Date.now, ...options }: AppOptions): Promise<RunningApp> {
  const startedAt = now();
  let lastHandledAt: number | null = null;
  const probot = await createProbot(settings);
  const log = options.log ?? createLog(probot.log);
  const queue = openQueue(settings.queue, {
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    alarm: ({ job, tries, error }) => {
      metrics.deadLetters.inc();
      log.error({ key: job.key, job: job.id, tries, reason: error }, 'a job failed at every try and is given up');
    },
    warn: (message) => {
      log.warn({}, message);
    },
  });
  const metrics = new Metrics(() => queue.counts());
  const paces = openPaces(settings, log, options);
  const onAnswer = countAnswers(metrics);
  const answers = createAnswerCache(answersLength);
  const clientsFor = (purpose: Purpose) => {
    return createClients(probot, settings, { answers, onAnswer, pauseOf: (id) => paces.of(id, purpose) });
  };
  const clients = { check: clientsFor('check'), comment: clientsFor('comment'), sweep: clientsFor('sweep') };

  const door = createDoor({
    secrets: settings.webhookSecrets,
    appId: settings.app.id,
    queue,
    now: () => new Date(now()),
    onDelivery: noteDelivery(metrics, log),
  });
  const readState = async () => ({
    startedAt: new Date(startedAt),
    now: new Date(now()),
    counts: await countsOrNull(queue),
    lastHandledAt: lastHandledAt === null ? null : new Date(lastHandledAt),
  });
  const server = await serve(
    {
      ...Object.fromEntries(webhookPaths.map((path) => [`POST ${path}`, door])),
      'GET /': createPage(readState),
      'GET /healthz': healthz,
      'GET /readyz': createReadyz({
        queue: async () => ((await countsOrNull(queue)) === null ? 'out of reach' : null),
        github: createCredentialsProbe(clients.check, now),
      }),
      'GET /metrics': createMetricsRoute(metrics, settings.metricsToken),
    },
    {
      ...settings.server,
      onError: (error) => {
        log.error({}, 'a request could not be answered', error);
      },
    },
  );

  const { concurrency, evaluationTimeoutMs } = settings;
  // Whoever shares the thread with one that would never end has the other half of the time left
  const evaluations = new EvaluationThread({ mostTurnMs: evaluationTimeoutMs / 2 });
  const tools = {
    clients,
    evaluations,
    queue,
    metrics,
    log,
    now,
    evaluationTimeoutMs,
    appId: settings.app.id,
    secret: settings.webhookSecrets[0],
  };
  queue.start(
    doJobs(tools, () => {
      lastHandledAt = now();
    }),
    { concurrency },
  );
  const recovery = startRecovery({
    clients: clients.sweep,
    queue,
    appId: settings.app.id,
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
      await Promise.all([recovery.stop(), server.stop(settings.stopGraceMs), queue.stop(settings.stopGraceMs)]);
      await Promise.all([queue.close(), paces.close(), evaluations.close()]);
      log.info({}, 'scalegate has stopped');
    },
  };
}

/** Where there is Redis, its instances share what GitHub asks them to wait. */
function openPaces({ queue }: Settings, log: Log, { writesApartMs }: Pick<AppOptions, 'writesApartMs'>): Paces {
  const apart = writesApartMs === undefined ? {} : { writesApartMs, mostCreationsAnHour: Infinity };
  if (!('redisUrl' in queue)) return createMemoryPaces(apart);
  return createRedisPaces(queue.redisUrl, {
    ...apart,
    warn: (message) => {
      log.warn({}, message);
    },
  });
}

/** How long a page may wait for the queue. */
const countsTimeoutMs = 2000;

async function countsOrNull(queue: Queue): Promise<Counts | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(resolve, countsTimeoutMs, null).unref();
  });
  return await Promise.race([queue.counts().catch(() => null), timeout]);
}

function noteDelivery(metrics: Metrics, log: Log): (attempt: Attempt) => void {
  const levels = { queued: 'debug', ignored: 'debug', refused: 'warn', failed: 'error' } as const;
  return ({ event, id, outcome, said, error }) => {
    metrics.deliveries.inc({ event, outcome });
    log[levels[outcome]]({ event, delivery: id, outcome, said }, 'delivery', error);
  };
}

function countAnswers(metrics: Metrics): (answered: Answered) => void {
  return ({ status, installationId, headers }) => {
    metrics.githubRequests.inc({ status: String(status ?? 'none') });
    const remaining = Number(headers['x-ratelimit-remaining']);
    if (!Number.isInteger(remaining)) return;
    const resource = String(headers['x-ratelimit-resource'] ?? 'core').slice(0, 40);
    metrics.rateLimitRemaining.set({ installation: String(installationId ?? 'app'), resource }, remaining);
  };
}
