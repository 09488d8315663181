import { expect, test } from 'vitest';
import { withApp } from '../../../test/support/with-app.ts';
import { emptyLedger } from '../../core/policy/approvals/ledger.ts';
import { readBase } from './basis.ts';
import { createContents } from './contents.ts';
import { evaluatePullRequest } from '../evaluate-pull-request.ts';
import { readPullRequest } from './pull-request.ts';

const github = withApp();

test('a pull request is held against what the tip of its base lays down, wherever its plan is', async () => {
  const repository = await github.repository({
    'run.yaml': 'scalegate: 1\n',
    '.github/scalegate.yml': 'version: 1\nplan: plans/scaling.md\n',
    'plans/scaling.md': '# Plan\n',
  });
  await repository.commit('feature', { 'run.yaml': 'scalegate: 1\nname: a\n' });
  const { number } = await repository.openPullRequest({ head: 'feature' });
  const client = await github.appClient();
  const records = { ledger: emptyLedger, clicks: [], secret: 'key' };
  const options = { policyPath: null, today: '2026-11-23' };
  const evaluate = async () =>
    evaluatePullRequest(client, github.name, await readPullRequest(client, github.name, number), options, records);
  const tip = async () => (await readBase(createContents(client, [github.name]).at('refs/heads/main'), 'main')).basis;

  const before = (await evaluate()).basis;
  expect(before).toBe(await tip());
  await repository.commit('main', { 'plans/scaling.md': '# Another plan\n' });
  const after = (await evaluate()).basis;
  expect(after).toBe(await tip());
  expect(after).not.toBe(before);
});
