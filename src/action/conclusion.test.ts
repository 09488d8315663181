import { expect, test } from 'vitest';
import type { Evaluation } from '../core/report/evaluation.ts';
import { failsJob } from './conclusion.ts';
import type { Inputs } from './inputs.ts';

const passing = (...levels: string[]) =>
  ({
    verdict: 'pass',
    findings: levels.map((level) => ({ level })),
    policy: { enforce: true },
  }) as unknown as Evaluation;
const waiting = { ...passing('approval'), verdict: 'waiting' } as const;
const failing = { ...passing('error'), verdict: 'fail' } as const;

const order = ['never', 'error', 'approval', 'warning', 'notice'] as const;

test.each([
  ['an error', failing, 'error'],
  ['a missing approval', waiting, 'approval'],
  ['a warning', passing('warning'), 'warning'],
  ['a notice', passing('notice'), 'notice'],
] as const)('%s fails the job from its own level of fail-on upwards', (_, evaluation, level) => {
  for (const failOn of order) {
    const inputs = { 'fail-on': failOn, mode: 'enforce' } as Inputs;
    expect(failsJob(evaluation, inputs), failOn).toBe(order.indexOf(failOn) >= order.indexOf(level));
  }
});

test('an approved jump does not fail the job', () => {
  expect(failsJob(passing('approval'), { 'fail-on': 'approval', mode: 'enforce' } as Inputs)).toBe(false);
});

test('a policy that enforces nothing fails no job', () => {
  const reported = { ...failing, policy: { ...failing.policy, enforce: false } };
  for (const failOn of order) expect(failsJob(reported, { 'fail-on': failOn, mode: 'enforce' } as Inputs)).toBe(false);
});

test('report mode never fails the job', () => {
  for (const failOn of order) expect(failsJob(failing, { 'fail-on': failOn, mode: 'report' } as Inputs)).toBe(false);
});
