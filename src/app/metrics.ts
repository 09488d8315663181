import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { version } from '../core/version.ts';
import type { Counts } from './queue/queue.ts';

/** What became of a delivery. */
export type DeliveryOutcome = 'queued' | 'ignored' | 'refused' | 'failed';

/** What Prometheus is told. No label holds the name of a repository, a branch or a person. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #own = { registers: [this.#registry] };

  readonly deliveries = new Counter({
    name: 'scalegate_deliveries_total',
    help: 'Webhook deliveries by event and by what became of them',
    labelNames: ['event', 'outcome'] as const,
    ...this.#own,
  });
  readonly jobs = new Counter({
    name: 'scalegate_jobs_total',
    help: 'Jobs that were done, by kind and outcome',
    labelNames: ['kind', 'outcome'] as const,
    ...this.#own,
  });
  readonly evaluations = new Histogram({
    name: 'scalegate_evaluation_seconds',
    help: 'Time from taking a pull request or merge group up to its verdict, published',
    labelNames: ['kind', 'verdict'] as const,
    buckets: [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128],
    ...this.#own,
  });
  readonly publishLatency = new Histogram({
    name: 'scalegate_publish_latency_seconds',
    help: 'Time from the arrival of a delivery up to the completed check',
    buckets: [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    ...this.#own,
  });
  readonly githubRequests = new Counter({
    name: 'scalegate_github_requests_total',
    help: 'Requests to GitHub by HTTP status; "none" where no answer came',
    labelNames: ['status'] as const,
    ...this.#own,
  });
  readonly rateLimitRemaining = new Gauge({
    name: 'scalegate_github_rate_limit_remaining',
    help: 'What GitHub said last is left of the rate limit',
    labelNames: ['installation', 'resource'] as const,
    ...this.#own,
  });
  readonly redeliveries = new Counter({
    name: 'scalegate_redeliveries_total',
    help: 'Failed deliveries that GitHub was asked to deliver again',
    ...this.#own,
  });
  readonly deadLetters = new Counter({
    name: 'scalegate_dead_letters_total',
    help: 'Jobs that failed at every try',
    ...this.#own,
  });
  readonly mergedWithoutApproval = new Counter({
    name: 'scalegate_merged_without_approval_total',
    help: 'Pull requests that were merged while their check did not pass',
    ...this.#own,
  });

  /** `counts` is asked at each scrape. */
  constructor(counts: () => Promise<Counts>) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'scalegate_info',
      help: 'Version of scalegate',
      labelNames: ['version'] as const,
      ...this.#own,
    }).set({ version }, 1);
    // What the queue holds can't be said while it is out of reach; everything else can
    const countsOrNull = () => counts().catch(() => null);
    new Gauge({
      name: 'scalegate_queue_jobs',
      help: 'Jobs in the queue by state; "dead" are dead letters',
      labelNames: ['state'] as const,
      ...this.#own,
      async collect() {
        this.reset();
        const current = await countsOrNull();
        if (current === null) return;
        for (const state of ['waiting', 'delayed', 'active', 'dead'] as const) this.set({ state }, current[state]);
      },
    });
    new Gauge({
      name: 'scalegate_queue_oldest_waiting_seconds',
      help: 'How long the oldest waiting job has been due',
      ...this.#own,
      async collect() {
        const current = await countsOrNull();
        if (current !== null) this.set((current.oldestWaitingMs ?? 0) / 1000);
      },
    });
  }

  /** In Prometheus' text format, with its content type. */
  async render(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
