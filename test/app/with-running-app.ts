import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startApp, type RunningApp } from '../../src/app/main.ts';
import type { Environment } from '../../src/app/settings.ts';
import { someSettings } from '../support/some-settings.ts';
import { GitHubWithApp } from '../support/with-app.ts';
import { whoGetsPast } from './nobody-gets-past.ts';
import { untilIdle } from './until-idle.ts';

/** A local GitHub and the App at work on it, in this process. Tests that share them have a repository each. */
export class AppAtWork {
  readonly github = new GitHubWithApp();
  /** What it has logged, one line an entry. */
  readonly log: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'scalegate-app-'));
  #app: RunningApp | null = null;
  #names = 0;

  get local() {
    return this.github.local;
  }

  get url(): string {
    if (this.#app === null) throw new Error('the App does not run');
    return this.#app.url;
  }

  async start(env: Environment = {}): Promise<void> {
    const write = (fields: object, message: string, error?: unknown) => {
      this.log.push(
        [
          JSON.stringify(fields),
          message,
          ...(error === undefined ? [] : [error instanceof Error ? error.message : 'no error']),
        ].join(' '),
      );
    };
    const settings = someSettings({ ...this.environment(), ...env });
    const log = { debug: write, info: write, warn: write, error: write };
    this.#app = await startApp({ settings, log, writesApartMs: 0, now: () => this.local.now() });
    this.github.app.deliverTo(`${this.url}/`);
  }

  /** Deliveries fail from now on. */
  async stop(): Promise<void> {
    this.github.app.deliverTo(null);
    await this.#app?.stop();
    this.#app = null;
  }

  environment(): Environment {
    const { app, local } = this.github;
    return {
      APP_ID: String(app.id),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GITHUB_API_URL: local.url,
      QUEUE_FILE: join(this.#folder, 'queue.sqlite'),
    };
  }

  /** Of a repository that no other test has. */
  newName(): string {
    this.#names += 1;
    return `models-${this.#names}`;
  }

  async idle(): Promise<void> {
    await untilIdle(this.local, this.url);
    expect(whoGetsPast(this.local)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.github.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Gives the tests of a file an App at work, and fails one after which GitHub would have refused something. */
export function withRunningApp(env: Environment = {}): AppAtWork {
  const app = new AppAtWork();
  beforeAll(async () => {
    await app.github.start();
    await app.start(env);
  }, 60_000);
  afterEach(() => {
    expect(app.local.violations).toEqual([]);
  });
  afterAll(() => app.close(), 60_000);
  return app;
}
