import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInBrowser, whyNoBrowser } from '../../../test/support/browser.ts';
import { createPage, renderPage } from './page.ts';
import { serve, type WebServer } from './server.ts';
import type { State } from './state.ts';

const now = new Date('2026-11-27T12:00:00Z');
const counts = { waiting: 3, delayed: 1, active: 1, dead: 0, oldestWaitingMs: 1500 };
const state: State = {
  now,
  startedAt: new Date('2026-11-24T09:00:00Z'),
  counts,
  lastHandledAt: new Date('2026-11-27T11:58:50Z'),
};

function rowsOf(html: string): Record<string, string> {
  const rows = [...html.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/g)];
  return Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value.replaceAll(/<[^>]+>/g, '')]));
}

test('says how the app is', () => {
  expect(rowsOf(renderPage(state))).toEqual({
    State: 'Up',
    'Up for': '3 days',
    Waiting: '4 jobs',
    'In work': '1 job',
    'Given up': '0 jobs',
    'Last delivery handled': '1 minute ago',
  });
});

test('says what is wrong', () => {
  expect(rowsOf(renderPage({ ...state, counts: null, lastHandledAt: null }))).toMatchObject({
    State: 'The queue can’t be reached',
    Waiting: 'unknown',
    'Last delivery handled': 'none since the start',
  });
});

const reason = await whyNoBrowser();

describe.skipIf(reason !== null)(`in a browser${reason === null ? '' : `: ${reason}`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-page-'));
  let server: WebServer;

  beforeAll(async () => {
    const page = createPage(() => Promise.resolve(state));
    server = await serve({ 'GET /': page }, { host: '127.0.0.1', port: 0, onError: () => undefined });
  });
  afterAll(async () => {
    await server.stop(0);
    rmSync(folder, { recursive: true });
  });

  test.each([{ dark: false }, { dark: true }])('it is shown without a complaint, dark: $dark', async ({ dark }) => {
    const screenshot = join(process.env['SCREENSHOTS'] ?? folder, dark ? 'page-dark.png' : 'page.png');
    const { dom, complaints } = await openInBrowser(server.url, { screenshot, dark });
    expect(complaints).toEqual([]);
    expect(rowsOf(dom)).toMatchObject({ State: 'Up', Waiting: '4 jobs' });
    expect(dom).not.toMatch(/<script|<img|<link|https?:\/\/(?!github\.com\/scalegate)/);
    expect(existsSync(screenshot) && statSync(screenshot).size).toBeGreaterThan(5000);
  });
});
