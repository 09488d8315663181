import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { startOf } from '../../../problem.ts';
import { startSmall } from './start-small.ts';

const checked = complaining(startSmall);

function check(base: EstimatedRunParts | null, head: EstimatedRunParts | null, validated: readonly string[]) {
  return checked.checkPair(aPair({ base, head }), {}, aContext({ plan: aPlan({ validated }) }));
}

const tiny = { parameters: 10e6 };
const large = { parameters: 1e9 };

test.each([
  { base: null, head: large, validated: ['Tiny'], what: 'a new large run after the smallest was trained' },
  { base: null, head: tiny, validated: ['Small'], what: 'a new run at the smallest scale' },
  { base: large, head: large, validated: ['Small'], what: 'a large run that stays where it was' },
  { base: large, head: null, validated: ['Small'], what: 'a deleted run' },
])('$what is fine', ({ base, head, validated }) => {
  expect(check(base, head, validated)).toEqual([]);
});

test.each([
  { base: null, head: large },
  { base: tiny, head: large },
  { base: null, head: { parameters: 9e9 } },
])('$head above an untrained smallest scale is an error', ({ base, head }) => {
  const [complaint] = check(base, head, ['Small']);
  expect(complaint!.message).toMatch(
    /^docs\/plan\.md records no finished run of .*Tiny, the smallest scale; this run is /,
  );
  expect(complaint!.level).toBeUndefined();
});

test('a plan without any record asks for approval', () => {
  expect(check(tiny, large, [])[0]!.level).toBe('approval');
});

test('of a run of unknown size nothing can be told', () => {
  const pair = aPair({ base: tiny, head: { parameters: null } });
  expect(startSmall.checkPair(pair, {}, aContext())).toEqual([{ unknown: 'parameters' }]);
});

test('a plan in YAML is told of its own way to record a run', () => {
  const scales = aPlan().scales.map((scale) => ({ ...scale, place: startOf('plan.yaml') }));
  const plan = aPlan({ path: 'plan.yaml', scales });
  const [complaint] = checked.checkPair(aPair({ base: null, head: large }), {}, aContext({ plan }));
  expect(complaint!.action).toContain('a validation with a link, under the scale Tiny');
});
