import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPage } from '../../src/app/web/page.ts';
import { serve, type WebServer } from '../../src/app/web/server.ts';
import { findBrowser, openInBrowser } from '../support/browser.ts';

const browser = await findBrowser();

describe.skipIf(browser === null)("the App's page in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-page-'));
  let server: WebServer;

  beforeAll(async () => {
    const counts = { waiting: 3, delayed: 1, active: 1, dead: 0, oldestWaitingMs: 1500 };
    const state = { startedAt: new Date(0), now: new Date(60_000), counts, lastHandledAt: null };
    server = await serve(
      { 'GET /': createPage(() => Promise.resolve(state)) },
      { host: '127.0.0.1', port: 0, onError: () => undefined },
    );
  });
  afterAll(async () => {
    await server.stop(0);
    rmSync(folder, { recursive: true });
  });

  test.each([{ dark: false }, { dark: true }])('is shown without a complaint, dark: $dark', async ({ dark }) => {
    const screenshot = join(process.env['SCREENSHOTS'] ?? folder, dark ? 'page-dark.png' : 'page.png');
    const { dom, complaints } = await openInBrowser(browser!, server.url, { screenshot, dark });
    expect(complaints).toEqual([]);
    expect(dom.replaceAll(/<[^>]+>/g, ' ')).toMatch(/Waiting\s+4 jobs/);
    expect(dom).not.toMatch(/<script|<img|<link|https?:\/\/(?!github\.com\/scalegate)/);
    expect(statSync(screenshot).size).toBeGreaterThan(5000);
  });
});
