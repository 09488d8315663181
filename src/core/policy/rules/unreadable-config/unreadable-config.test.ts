import { expect, test } from 'vitest';
import { aContext, aPair, complaining } from '../../../../../test/support/a-run.ts';
import { startOf, type Problem } from '../../../problem.ts';
import { unreadableConfig } from './unreadable-config.ts';

const checked = complaining(unreadableConfig);

const place = { path: 'configs/run.yaml', line: 7, column: 14 };
const wrongType: Problem = {
  code: 'wrong-type',
  place,
  key: 'model.num_layers',
  message: 'Found "x".',
  hint: 'Expected 12.',
};
const unparsed: Problem = {
  code: 'invalid-yaml',
  place: startOf(place.path),
  key: null,
  message: 'Found a tab.',
  hint: null,
};

function check(head: null | object, problems: readonly Problem[]) {
  return checked.checkPair(aPair({ head, problems }), {}, aContext());
}

test('a config without problems is readable', () => {
  expect(check({}, [])).toEqual([]);
});

test('a deleted config need not be readable', () => {
  expect(check(null, [])).toEqual([]);
});

test('every problem is told at its place, with what was expected', () => {
  expect(check(null, [wrongType, unparsed])).toEqual([
    {
      cause: 'wrong-type model.num_layers Found "x".',
      place,
      message: 'model.num_layers: Found "x".',
      action: 'Expected 12.',
    },
    {
      cause: 'invalid-yaml  Found a tab.',
      place: startOf(place.path),
      message: 'Found a tab.',
      action: expect.stringContaining('Correct the config') as string,
    },
  ]);
});

test('a config that reads but contradicts itself is no better', () => {
  expect(check({}, [wrongType])).toHaveLength(1);
});
