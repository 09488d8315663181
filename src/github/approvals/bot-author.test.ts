import { expect, test } from 'vitest';
import { largeMovedToXl, sampleFiles } from '../../../test/support/sample-repository.ts';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { evaluatePullRequest } from '../evaluate-pull-request.ts';
import { readPullRequest } from '../reading/pull-request.ts';

const github = withGitHub();

/** A jump that an agent proposes with a message, approved by `lead`; and what that is worth. */
async function approvedByLead(message: string) {
  const policy = 'scalegate_policy: 1\napprovers: { users: [lead, second] }\n';
  const repository = await github.repository({ ...sampleFiles(), '.github/scalegate.yml': policy });
  repository.grantRole('lead', 'maintain');
  await repository.commit('agent/xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'agent[bot]', message });
  const pullRequest = await repository.openPullRequest({ head: 'agent/xl', author: 'agent[bot]' });
  pullRequest.review({ author: 'lead', state: 'APPROVED' });
  const client = github.client();
  const evaluate = async () => {
    const now = await readPullRequest(client, repositoryName, 1);
    const options = { policyPath: null, today: '2026-08-01' };
    return (await evaluatePullRequest(client, repositoryName, now, options)).evaluation;
  };
  return { pullRequest, evaluate };
}

test('who had a bot open a pull request does not approve it where a commit names them, and somebody else does', async () => {
  const { pullRequest, evaluate } = await approvedByLead(
    'Move to XL\n\nCo-authored-by: lead <lead@users.noreply.github.com>',
  );
  expect(await evaluate()).toMatchObject({
    verdict: 'waiting',
    approval: { given: [], ignored: [{ by: 'lead', ignoredBecause: 'took part in the change' }] },
  });
  pullRequest.review({ author: 'second', state: 'APPROVED' });
  expect(await evaluate()).toMatchObject({ verdict: 'pass', approval: { given: [{ by: 'second' }] } });
});

test('who had a bot open a pull request is not known where no commit names them', async () => {
  const { evaluate } = await approvedByLead('Move to XL');
  expect(await evaluate()).toMatchObject({ verdict: 'pass', approval: { given: [{ by: 'lead' }] } });
});
