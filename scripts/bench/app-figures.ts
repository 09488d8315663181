import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { hastyApp, startAppProcess } from '../../test/app/app-process.ts';
import { Jump } from '../../test/app/jump.ts';
import { untilIdle } from '../../test/app/until-idle.ts';
import { largeMovedToXl } from '../../test/support/sample-repository.ts';
import { until } from '../../test/support/until.ts';
import { GitHubWithApp } from '../../test/support/with-app.ts';
import { knock } from './knock.ts';

export interface AppFigures {
  /** Signed deliveries that are accepted and durable, so many under way at a time. */
  readonly deliveriesPerSecond: number;
  /** 99th percentile until one is acknowledged. */
  readonly acknowledgedMs: number;
  /** 99th percentile from a push until its check is there, nothing else going on, without the pace that GitHub asks for. */
  readonly publishedMs: number;
  /** Of GitHub's API, for one evaluation. */
  readonly requests: { readonly first: number; readonly unchanged: number; readonly approval: number };
}

const underWay = 16;

/** The App in a process of its own with the queue in SQLite, and a local GitHub in this one. */
export async function appFigures(deliveries = 4_000, pushes = 20): Promise<AppFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-bench-'));
  const github = new GitHubWithApp();
  await github.start();
  const { app, local } = github;
  const credentials = { APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, WEBHOOK_SECRET: app.webhookSecret };
  const queue = { QUEUE_FILE: join(folder, 'queue.sqlite') };
  const running = await startAppProcess({ ...credentials, ...queue, GITHUB_API_URL: local.url }, folder, hastyApp);
  app.deliverTo(`${running.url}/`);
  await untilIdle(local, running.url);
  const requestsOf = async (happens: () => Promise<unknown>) => {
    const before = local.requests.length;
    await happens();
    await untilIdle(local, running.url);
    return local.requests.length - before;
  };

  const opened: Jump[] = [];
  // Without the installation's token, which serves for an hour
  const first = (await requestsOf(async () => opened.push(await Jump.open(local)))) - 1;
  const [jump] = opened as [Jump];
  const unchanged = await requestsOf(() => jump.push(`# again\n${largeMovedToXl()}`));
  const approval = await requestsOf(async () => {
    jump.run().press('approve', 'lead');
    await local.webhooks.quiet();
  });

  const published: number[] = [];
  for (let push = 0; push < pushes; push += 1) {
    await jump.push(`# ${push}\n${largeMovedToXl()}`);
    const start = performance.now();
    await until('the check is there', () => jump.runs().at(-1)?.status === 'completed');
    published.push(performance.now() - start);
    await untilIdle(local, running.url);
  }

  const event = { ...(await local.pullRequestEvent(jump.pullRequest)), installation: { id: github.installation.id } };
  const body = JSON.stringify(event);
  const { times, tookMs } = await knock({
    url: `${running.url}/`,
    body,
    secret: app.webhookSecret,
    count: deliveries,
    underWay,
  });
  running.kill('SIGKILL');
  await running.exited;
  await github.stop();
  rmSync(folder, { recursive: true });
  return {
    deliveriesPerSecond: times.length / (tookMs / 1000),
    acknowledgedMs: percentile(times, 0.99),
    publishedMs: percentile(published, 0.99),
    requests: { first, unchanged, approval },
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
