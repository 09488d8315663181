import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '../support/postgres-server.ts';
import { SilentProxy } from '../support/silent-proxy.ts';
import { until } from '../support/until.ts';
import { withApp } from '../support/with-app.ts';
import { startAppProcess, type AppProcess } from './app-process.ts';

const serverUrl = inject('postgresUrl');

describe.skipIf(serverUrl === null)('the App while its PostgreSQL does not answer', () => {
  const github = withApp();
  let folder: string;
  let proxy: SilentProxy;
  let app: AppProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scalegate-away-'));
    proxy = await SilentProxy.before(await createDatabase(serverUrl!));
    app = await startAppProcess(
      {
        APP_ID: String(github.app.id),
        PRIVATE_KEY: github.app.privateKey,
        WEBHOOK_SECRET: github.app.webhookSecret,
        GITHUB_API_URL: github.local.url,
        DATABASE_URL: proxy.url,
        STOP_GRACE_SECONDS: '2',
      },
      folder,
    );
    await until('it is ready', async () => (await readiness()).status === 200);
    proxy.fallSilent();
  }, 60_000);
  afterEach(async () => {
    app.kill('SIGKILL');
    await app.exited;
    await proxy.close();
    rmSync(folder, { recursive: true });
  });

  async function readiness(): Promise<{ status: number; text: string; tookMs: number }> {
    const start = Date.now();
    const answer = await fetch(`${app.url}/readyz`);
    return { status: answer.status, text: await answer.text(), tookMs: Date.now() - start };
  }

  test('it is not ready, and says so within a second', async () => {
    const { status, text, tookMs } = await readiness();
    expect({ status, text }).toEqual({ status: 503, text: 'queue: out of reach\ngithub: ok\n' });
    // 0.8 s; the rest is for a busy machine, and less than any time-out of the database
    expect(tookMs).toBeLessThan(2_500);
    proxy.speak();
    await until('it is ready again', async () => (await readiness()).status === 200);
  });

  test('it is told to stop, and ends within its grace', async () => {
    const start = Date.now();
    app.kill('SIGTERM');
    expect(await app.exited).toBe(0);
    // The grace and a second to hang up; the rest is for a busy machine
    expect(Date.now() - start).toBeLessThan(3_000 + 4_000);
  });
});
