import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { previousScaleValidated } from './previous-scale-validated.ts';

const checked = complaining(previousScaleValidated);

function check(base: EstimatedRunParts | null, head: EstimatedRunParts | null, validated: readonly string[]) {
  return checked.checkPair(aPair({ base, head }), {}, aContext({ plan: aPlan({ validated }) }));
}

const small = { parameters: 100e6 };
const medium = { parameters: 500e6 };
const beyond = { parameters: 9e9 };

test.each([
  { base: small, head: medium, validated: ['Tiny', 'Small'], what: 'a jump after a finished run below' },
  { base: null, head: { parameters: 10e6 }, validated: ['Large'], what: 'a new run at the smallest scale' },
  { base: medium, head: medium, validated: ['Tiny'], what: 'a run that stays where it was' },
  { base: medium, head: small, validated: ['Large'], what: 'a run that gets smaller' },
  { base: medium, head: null, validated: ['Large'], what: 'a deleted run' },
  { base: null, head: beyond, validated: ['Large'], what: 'a new run beyond a finished largest scale' },
])('$what is fine', ({ base, head, validated }) => {
  expect(check(base, head, validated)).toEqual([]);
});

test.each([
  { base: small, head: medium, says: 'Small, the scale below; this run is Medium' },
  { base: null, head: medium, says: 'Small, the scale below; this run is Medium' },
  { base: null, head: beyond, says: 'Large, the scale below; this run is beyond Large' },
])('a run needs a finished one below: $says', ({ base, head, says }) => {
  const [complaint] = check(base, head, ['Tiny']);
  expect(complaint!.message).toBe(`docs/plan.md records no finished run of ${says}.`);
  expect(complaint!.level).toBeUndefined();
});

test('a plan without any record asks for approval and says how to record a run', () => {
  const [complaint] = check(small, medium, []);
  expect(complaint!.level).toBe('approval');
  expect(complaint!.action).toBe(
    'Train Small first and record the finished run in docs/plan.md: a table with the columns Scale, Run (a link), Date, Measured memory, Measured GPU hours.',
  );
});

test('of a run of unknown size nothing can be told', () => {
  const pair = aPair({ base: small, head: { parameters: null } });
  expect(previousScaleValidated.checkPair(pair, {}, aContext())).toEqual([{ unknown: 'parameters' }]);
});

test('says nothing without a plan', () => {
  expect(checked.checkPair(aPair({ base: null, head: medium }), {}, aContext({ plan: null }))).toEqual([]);
});
