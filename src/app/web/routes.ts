import { createCredentialsProbe } from '../credentials.ts';
import type { Clients } from '../clients.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Counts, Queue } from '../queue/queue.ts';
import type { Settings } from '../settings.ts';
import { createDoor, type Attempt } from './door.ts';
import { createPage } from './page.ts';
import { createMetricsRoute, createReadyz, healthz } from './probes.ts';
import type { Routes } from './server.ts';

/** Where Probot and GitHub's docs have webhooks go; Probot's set-up page registers the address without a path. */
const webhookPaths = ['/api/github/webhooks', '/'] as const;

export interface RoutesOptions {
  readonly settings: Settings;
  readonly queue: Pick<Queue, 'add' | 'counts'>;
  readonly clients: Clients;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  /** When a worker of this process last finished a job; null before the first. */
  readonly lastHandledAt: () => number | null;
}

/** All that the App answers: GitHub's deliveries, people who look, and those who watch over it. */
export function createRoutes({ settings, queue, clients, metrics, log, now, lastHandledAt }: RoutesOptions): Routes {
  const startedAt = new Date(now());
  const door = createDoor({
    secrets: settings.webhookSecrets,
    appId: settings.app.id,
    queue,
    now: () => new Date(now()),
    onDelivery: noteDelivery(metrics, log),
  });
  const readState = async () => {
    const handledAt = lastHandledAt();
    return {
      startedAt,
      now: new Date(now()),
      counts: await countsOrNull(queue),
      lastHandledAt: handledAt === null ? null : new Date(handledAt),
    };
  };
  return {
    ...Object.fromEntries(webhookPaths.map((path) => [`POST ${path}`, door])),
    'GET /': createPage(readState),
    'GET /healthz': healthz,
    'GET /readyz': createReadyz({
      queue: async () => ((await countsOrNull(queue)) === null ? 'out of reach' : null),
      github: createCredentialsProbe(clients, now),
    }),
    'GET /metrics': createMetricsRoute(metrics, settings.metricsToken),
  };
}

function noteDelivery(metrics: Metrics, log: Log): (attempt: Attempt) => void {
  const levels = { queued: 'debug', ignored: 'debug', refused: 'warn', failed: 'error' } as const;
  return ({ event, id, outcome, said, error }) => {
    metrics.deliveries.inc({ event, outcome });
    log[levels[outcome]]({ event, delivery: id, outcome, said }, 'delivery', error);
  };
}

/** How long a page or a probe may wait for the queue. */
const countsTimeoutMs = 800;

async function countsOrNull(queue: Pick<Queue, 'counts'>): Promise<Counts | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(resolve, countsTimeoutMs, null).unref();
  });
  return await Promise.race([queue.counts().catch(() => null), timeout]);
}
