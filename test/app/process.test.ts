import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSampleRepository, largeMovedToXl } from '../support/sample-repository.ts';
import { appKey } from '../support/some-settings.ts';
import { withApp } from '../support/with-app.ts';
import { hastyApp, startAppProcess, type AppProcess } from './app-process.ts';

let folder: string;
let app: AppProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scalegate-process-'));
});
afterEach(async () => {
  app?.kill('SIGKILL');
  await app?.exited;
  app = null;
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return String(port);
}

async function statusOf(path: string): Promise<number> {
  return (await fetch(`${app!.url}${path}`, { redirect: 'manual' })).status;
}

describe('the App in a process of its own', () => {
  const github = withApp();
  const environment = () => ({
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: github.local.url,
    LOG_LEVEL: 'trace',
  });

  async function untilChecked(repository: Awaited<ReturnType<typeof createSampleRepository>>): Promise<string | null> {
    for (;;) {
      const run = repository.checkSuites.flatMap(({ runs }) => runs).findLast(({ status }) => status === 'completed');
      if (run !== undefined) return run.conclusion;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test(
    'checks a pull request, tells nobody its secrets, and stops when it is asked to',
    { timeout: 90_000 },
    async () => {
      app = await startAppProcess(environment(), folder);
      github.app.deliverTo(`${app.url}/api/github/webhooks`);
      const repository = await createSampleRepository(github.local);
      await repository.commit('xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'engineer' });
      await repository.openPullRequest({ head: 'xl', author: 'engineer' });
      expect(await untilChecked(repository)).toBe('action_required');
      expect([await statusOf('/'), await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 200, 200]);

      app.kill('SIGTERM');
      expect(await app.exited).toBe(0);
      const log = app.output();
      expect(log).toContain('"key":"acme/vr-models#1"');
      expect(log).toContain('scalegate has stopped');
      for (const secret of ['PRIVATE KEY', github.app.webhookSecret, 'ghs_', 'hidden_size', 'authorization']) {
        expect(log).not.toContain(secret);
      }
    },
  );

  test('that is killed before it has done its work does it when it is started again', { timeout: 90_000 }, async () => {
    app = await startAppProcess(environment(), folder, hastyApp);
    const repository = await createSampleRepository(github.local);
    await repository.commit('xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'engineer' });
    github.local.failNext({ path: '/repos/{owner}/{repo}/pulls/{pull_number}', delayMs: 60_000 });
    github.app.deliverTo(`${app.url}/`);
    await repository.openPullRequest({ head: 'xl', author: 'engineer' });
    await github.local.webhooks.quiet();
    app.kill('SIGKILL');
    await app.exited;
    expect(repository.checkSuites.flatMap(({ runs }) => runs).some(({ status }) => status === 'completed')).toBe(false);

    app = await startAppProcess(environment(), folder, hastyApp);
    expect(await untilChecked(repository)).toBe('action_required');
  });

  test('names all mistakes of its settings and does not start', async () => {
    const failing = startAppProcess({ ...environment(), APP_ID: '', PORT: 'high' }, folder);
    await expect(failing).rejects.toThrow(/exited with 1:[^]*APP_ID: is not set[^]*PORT: expected a port/);
  });
});

describe('the set-up page', () => {
  test('registers an app where there are no credentials, and is gone afterwards', { timeout: 60_000 }, async () => {
    await copyFile('app.yml', join(folder, 'app.yml'));
    const file = join(folder, 'credentials.env');
    app = await startAppProcess(
      { PORT: await freePort(), ENV_FILE: file, GITHUB_API_URL: 'http://127.0.0.1:9' },
      folder,
    );
    const page = await (await fetch(`${app.url}/probot`)).text();
    expect(page).toContain('"pull_requests":"write"');
    expect(page).toContain(`"hook_attributes":{"url":"${app.url}/"}`);
    expect(existsSync(file)).toBe(false);

    const credentials = { appId: '77', pem: appKey.privateKey, webhook_secret: 'a secret' };
    await fetch(`${app.url}/probot/import`, { method: 'POST', body: JSON.stringify(credentials) });
    await app.said('scalegate is up');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('APP_ID=77');
    expect([await statusOf('/probot'), await statusOf('/probot/import'), await statusOf('/')]).toEqual([404, 404, 200]);
  });

  test('is not there in production, where missing credentials are a mistake', async () => {
    await expect(startAppProcess({ NODE_ENV: 'production' }, folder)).rejects.toThrow('APP_ID: is not set');
  });
});
