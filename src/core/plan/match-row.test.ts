import { expect, test } from 'vitest';
import { planOf } from '../../../test/support/a-markdown-plan.ts';
import { howToSettle, matchRow, type RunIdentity } from './match-row.ts';

const ladder =
  '| Scale | Params | Tokens | GPU-h |\n|-|-|-|-|\n| S | 100M | 2B | 1 |\n| M | 1B | 20B | 9 |\n| M long | 1B | 100B | 45 |\n\n';
const stages = '| Stage | GPU-h |\n|-|-|\n| SFT | 20 |\n| GRPO | 60 |\n| GRPO math | 30 |\n| Math pass (7B) | 5 |\n';
const plan = planOf(`${ladder}${stages}`);

function nameOf(run: Partial<RunIdentity>, mapped: string | null = null): string {
  const match = matchRow(
    plan,
    { path: 'configs/run.yaml', name: null, parameters: null, tokens: null, ...run },
    mapped,
  );
  if (match === null) return 'none';
  return match.kind === 'row' ? match.row.name : match.rows.map(({ name }) => name).join(' or ');
}

test.each([
  ['the policy maps it', { path: 'recipes/sft/a.yaml' }, 'GRPO', 'GRPO'],
  ['the path has the name of the stage', { path: 'recipes/sft/a.yaml', parameters: 1e9 }, null, 'SFT'],
  ['the name of the run has it', { name: 'qwen-grpo-7b' }, null, 'GRPO'],
  ['of two names the longer', { path: 'recipes/grpo/math.yaml' }, null, 'GRPO math'],
  ['of words alone nothing is taken that is part of another word', { path: 'recipes/sftp.yaml' }, null, 'none'],
  ['size decides', { parameters: 120e6 }, null, 'S'],
  ['of one size the tokens', { parameters: 1e9, tokens: 15e9 }, null, 'M'],
  ['of one size the larger budget', { parameters: 1e9, tokens: 90e9 }, null, 'M long'],
  ['of one size nothing, where the tokens are unknown', { parameters: 1e9 }, null, 'M or M long'],
  ['nothing, beyond the largest', { parameters: 9e9 }, null, 'none'],
  ['a row that the plan has not', {}, 'DPO', 'none'],
] as const)('%s', (_, run, mapped, expected) => {
  expect(nameOf(run, mapped)).toBe(expected);
});

test('what settles it is the mapping in the policy', () => {
  expect(howToSettle(plan.stages, 'recipes/a.yaml')).toBe(
    "Map it in the policy: plan: {rows: {SFT: ['recipes/a.yaml']}}.",
  );
});
