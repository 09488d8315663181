import { expect, test } from 'vitest';
import { aPair } from '../../../test/support/a-run.ts';
import type { RunField } from '../run/fields.ts';
import { causeOf } from './cause.ts';

const fields: readonly RunField[] = ['model.num_layers', 'training.micro_batch_size'];
const stated = (layers: number, batch: number) =>
  ({ 'training.micro_batch_size': [batch, 3], 'model.num_layers': [layers, 8] }) as const;

test.each([
  { base: stated(12, 8), head: stated(12, 32), line: 3, what: 'the field that changes' },
  { base: stated(12, 8), head: stated(24, 32), line: 8, what: 'of two that change, the first of the rule' },
  { base: stated(12, 8), head: stated(12, 8), line: 8, what: 'without a change, the first of the rule that is stated' },
  { base: {}, head: stated(12, 8), line: 8, what: 'a field that the base does not state' },
  { base: stated(12, 8), head: {}, line: 1, what: 'where none is stated, the top of the file' },
])('$what is the cause', ({ base, head, line }) => {
  const pair = aPair({ base: { stated: base }, head: { stated: head } });
  expect(causeOf(pair, fields)).toEqual({ path: 'configs/run.yaml', line, column: line === 1 ? 1 : 3 });
});

test('in a new config every field is new, so the first counts', () => {
  expect(causeOf(aPair({ base: null, head: { stated: stated(12, 8) } }), fields).line).toBe(8);
});

test('a value that the policy supplies is no line of the config', () => {
  const pair = aPair();
  const place = { path: '.github/scalegate.yml', line: 20, column: 5 };
  const facts = { 'model.num_layers': { value: 12, authority: 'policy', place } } as const;
  const head = { ...pair.head!, run: { ...pair.head!.run, facts } };
  expect(causeOf({ ...pair, head }, fields)).toEqual({ path: 'configs/run.yaml', line: 1, column: 1 });
});
