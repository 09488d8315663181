import { describe, expect, test } from 'vitest';
import { aCheck } from '../../../test/support/a-check.ts';
import { release, runsOn, withChecks } from '../../../test/support/with-checks.ts';
import { retryButton } from './check.ts';
import { brokenOffCheck, deadlineCheck, supersededCheck } from './check-notices.ts';

const { github, aPullRequest, begin, publish } = withChecks();

describe('memory', () => {
  test('goes from head to head, also over a forced push', async () => {
    const { pullRequest, repository } = await aPullRequest();
    await publish(pullRequest, aCheck());
    await repository.commit('feature', { 'run.yaml': 'a: 3\n' });
    expect((await begin(pullRequest)).memory).toBe('ledger');
    await repository.commit('feature', { 'run.yaml': 'a: 4\n' }, { from: 'main' });
    expect((await begin(pullRequest)).memory).toBe('ledger');
  });

  test('is that of the newest run, and that of this pull request', async () => {
    const { pullRequest, repository } = await aPullRequest();
    const other = await repository.openPullRequest({ head: 'feature', base: await release(repository) });
    await publish(pullRequest, aCheck({ text: 'first' }));
    await publish(pullRequest, aCheck({ text: 'second' }));
    await publish(other, aCheck({ text: 'of another' }));
    expect((await begin(pullRequest)).memory).toBe('second');
  });

  test('is never what another app wrote', async () => {
    const { pullRequest, repository } = await aPullRequest();
    const mallory = github.local.createApp({ slug: 'mallory', permissions: { checks: 'write' }, events: [] });
    const externalId = `scalegate/1 ${pullRequest.number} ${pullRequest.headSha} -`;
    const output = { title: 'Passes', summary: 'ok', text: 'forged' };
    const { suite } = repository.checkSuite(mallory, pullRequest.headSha);
    suite.createRun({ name: 'scalegate', external_id: externalId, conclusion: 'success', output });
    expect((await begin(pullRequest)).memory).toBe('');
  });

  test.each([
    ['a newer commit', supersededCheck('ledger')],
    ['a deadline', deadlineCheck(60, 'ledger')],
    ['a failure', brokenOffCheck('GitHub answered 502.', 'ledger')],
  ])('outlives %s', async (_what, check) => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, check);
    expect(runsOn(pullRequest)).toMatchObject([{ conclusion: 'failure', buttons: [retryButton] }]);
    expect((await begin(pullRequest)).memory).toBe('ledger');
  });
});
