import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { judge } from '../../judge.ts';
import { readPolicy } from '../../read-policy.ts';

const noModel = { field: 'parameters', reason: 'the catalog does not know the model acme/titan-9b.' };
const noTokens = { field: 'compute.tokens', reason: 'nothing says how long it trains' };
const nothingKnown: EstimatedRunParts = {
  parameters: null,
  peakGib: null,
  gpuHours: null,
  costUsd: null,
  unknown: [noModel, noTokens],
};

function judged(
  { base = null, head }: { base?: EstimatedRunParts | null; head: EstimatedRunParts },
  rules: string | null = '{}',
  plan: ReturnType<typeof aPlan> | null = null,
) {
  const file = rules === null ? null : { path: 'p.yml', text: `{ scalegate_policy: 1, rules: ${rules} }` };
  return judge(readPolicy(file).policy, [aPair({ base, head })], aContext({ plan }));
}

test('what is unknown for one config is one finding, which names the rules that cannot judge it', () => {
  const findings = judged({ head: nothingKnown }, '{ budget: { max_cost_usd: 10 } }', aPlan());
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    rule: 'unknown',
    level: 'approval',
    message:
      "The number of parameters, memory per GPU and cost can't be known: the catalog does not know the model acme/titan-9b.",
  });
  expect(findings[0]!.alsoRules.toSorted()).toEqual([
    'beyond-plan',
    'budget',
    'memory-limit',
    'previous-scale-validated',
    'scale-jump',
    'start-small',
  ]);
});

test.each([
  { rules: null, level: 'notice' },
  { rules: '{}', level: 'approval' },
  { rules: '{ unknown: error }', level: 'error' },
  { rules: '{ unknown: warning }', level: 'warning' },
  { rules: '{ unknown: error, memory-limit: notice, scale-jump: off }', level: 'notice' },
])('with the rules $rules it is a $level', ({ rules, level }) => {
  expect(judged({ head: nothingKnown }, rules).map((finding) => finding.level)).toEqual([level]);
});

test('off, nothing is said', () => {
  expect(judged({ head: nothingKnown }, '{ unknown: off }')).toEqual([]);
});

test('what was unknown before the pull request is a notice', () => {
  const [finding, ...others] = judged({ base: nothingKnown, head: nothingKnown }, '{ unknown: error }');
  expect(finding).toMatchObject({ level: 'notice', isStanding: true });
  expect(finding!.message).toContain('So it was before this pull request.');
  expect(others).toEqual([]);
});

test('what becomes unknown is judged in full', () => {
  expect(judged({ base: {}, head: nothingKnown }).map(({ level }) => level)).toEqual(['approval']);
});

test('another model that is unknown as well may be any size', () => {
  const named = (id: string) => ({ ...nothingKnown, stated: { 'model.id': [id, 2] } as const });
  expect(judged({ base: named('acme/a'), head: named('acme/b') }).map(({ level }) => level)).toEqual(['approval']);
  expect(judged({ base: named('acme/a'), head: named('acme/a') }).map(({ level }) => level)).toEqual(['notice']);
});

test('a training that no estimate counts is a notice', () => {
  const head = { ...nothingKnown, subject: 'not-estimated' } as const;
  expect(judged({ head }, '{ unknown: error }').map(({ level }) => level)).toEqual(['notice']);
});

test('of a model alone memory, hours and cost are not asked for', () => {
  const head = { parameters: 10e6, peakGib: null, gpuHours: null, costUsd: null, subject: 'model' } as const;
  expect(judged({ head }, '{ budget: { max_cost_usd: 10 } }')).toEqual([]);
});

test('a config that contradicts itself is told so once, with the rules that it leaves without figures', () => {
  const place = { path: 'configs/run.yaml', line: 3, column: 1 };
  const problem = { code: 'contradiction', place, key: 'model.num_attention_heads', message: '36 ∤ 5120', hint: null };
  const { policy } = readPolicy({ path: 'p.yml', text: 'scalegate_policy: 1' });
  const pair = aPair({ base: null, head: nothingKnown, problems: [problem] });
  const findings = judge(policy, [pair], aContext({ plan: null }));
  expect(findings).toMatchObject([
    { rule: 'unreadable-config', level: 'error', alsoRules: ['memory-limit', 'scale-jump'] },
  ]);
});
