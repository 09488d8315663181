import { expect, test } from 'vitest';
import { renderPage } from './page.ts';
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
