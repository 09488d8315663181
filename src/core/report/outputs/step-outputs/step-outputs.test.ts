import { expect, test } from 'vitest';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { stepOutputs } from './step-outputs.ts';

test('later steps get plain numbers', () => {
  expect(stepOutputs(evaluations['fail']!)).toEqual({
    verdict: 'fail',
    'max-memory-gib': '96.4',
    'gpu-hours': '3580',
    'cost-usd': '35800',
  });
});

test('what is unknown is empty, never a part of the sum', () => {
  expect(stepOutputs(evaluations['unreadable-config']!)).toEqual({
    verdict: 'fail',
    'max-memory-gib': '',
    'gpu-hours': '',
    'cost-usd': '',
  });
});
