import { expect, test } from 'vitest';
import { withApp } from '../../../test/support/with-app.ts';
import { encodeExternalId } from '../../github/checks/external-id.ts';
import type { Log } from '../log.ts';
import { Metrics } from '../metrics.ts';
import { readPullRequest } from '../../github/reading/pull-request.ts';
import { auditMerge } from './audit-merge.ts';

const github = withApp();

async function merge(conclusion: 'success' | 'action_required' | null) {
  const repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  const { headSha, number } = await repository.openPullRequest({ head: 'feature' });
  const client = await github.appClient();
  if (conclusion !== null) {
    await client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...github.name,
      name: 'scalegate',
      head_sha: headSha,
      external_id: encodeExternalId({ pullRequest: number, headSha, code: null, basis: null }),
      conclusion,
    });
  }
  const warnings: string[] = [];
  const write = (_: unknown, message: string) => void warnings.push(message);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const metrics = new Metrics(() => Promise.reject(new Error('there is no queue here')));
  const merged = await readPullRequest(client, github.name, number, github.app.id);
  const said = auditMerge(merged, github.name, { log, metrics });
  return { said, warnings, counted: (await metrics.mergedWithoutApproval.get()).values[0]?.value };
}

test.each(['action_required', null] as const)(
  'a merge past a check that says %s is logged and counted',
  async (said) => {
    expect(await merge(said)).toEqual({
      said: 'merged although it had not passed',
      warnings: ['a pull request was merged whose check did not pass'],
      counted: 1,
    });
  },
);

test('a merge after the check passed is nothing to tell', async () => {
  expect(await merge('success')).toEqual({ said: 'merged after it passed', warnings: [], counted: 0 });
});
