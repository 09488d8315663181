import { expect, test } from 'vitest';
import { todayIn } from './today.ts';

const now = Date.UTC(2026, 10, 27, 23, 59);

test.each([
  [{}, '2026-11-27'],
  [{ SOURCE_DATE_EPOCH: '1767225600' }, '2026-01-01'],
  [{ SOURCE_DATE_EPOCH: '' }, '2026-11-27'],
  [{ SOURCE_DATE_EPOCH: 'yesterday' }, '2026-11-27'],
])('with %j the day is %s', (env, day) => {
  expect(todayIn(env, now)).toBe(day);
});
