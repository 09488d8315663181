import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { isBeforeTransformers5 } from './trainer-version.ts';

test.each([
  { trainer: 'huggingface', trainerVersion: '4.57.1', before: true },
  { trainer: 'huggingface', trainerVersion: 'v5.2.0', before: false },
  { trainer: 'huggingface', trainerVersion: 'main', before: null },
  { trainer: 'trl', trainerVersion: '0.24.0', before: null },
  { trainer: 'trl', trainerVersion: '2025-06', before: true },
  { trainer: 'axolotl', trainerVersion: '2026-03', before: false },
])('$trainer $trainerVersion runs transformers before 5: $before', ({ trainer, trainerVersion, before }) => {
  expect(isBeforeTransformers5(aDescribedRun({ training: { trainer, trainerVersion } }).training)).toBe(before);
});

test('nothing is told where nothing is stated', () => {
  expect(isBeforeTransformers5(aDescribedRun({ training: { trainer: 'huggingface' } }).training)).toBeNull();
});
