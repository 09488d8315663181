import { expect, test } from 'vitest';
import { withApp } from '../../support/with-app.ts';

const github = withApp();

test('a pull request is held by the newest run of the check, and of the App that has to report it', async () => {
  const repository = await github.repository();
  const other = github.local.createApp({ slug: 'other', permissions: { checks: 'write' }, events: [] });
  repository.protect({ branches: ['main'], checks: [{ name: 'scalegate', source: github.app }] });
  await repository.commit('feature', { 'a.txt': '1' });
  const pullRequest = await repository.openPullRequest({ head: 'feature', draft: true });
  const report = (app: typeof other, conclusion: 'success' | 'action_required') =>
    repository.checkSuite(app, pullRequest.headSha).suite.createRun({ name: 'scalegate', conclusion });
  expect(pullRequest.obstacle).toBe('it is a draft');
  pullRequest.markReady();
  expect(pullRequest.obstacle).toBe('the check scalegate is expected');
  report(other, 'success');
  expect(pullRequest.obstacle).toBe('the check scalegate is expected');
  report(github.app, 'success');
  expect(pullRequest.obstacle).toBeNull();
  report(github.app, 'action_required').update({ status: 'queued' });
  expect(pullRequest.obstacle).toBe('the check scalegate is queued');
  report(github.app, 'action_required');
  expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  await repository.commit('sandbox', { 'b.txt': '1' });
  await pullRequest.retarget('sandbox');
  expect(pullRequest.obstacle).toBeNull();
  pullRequest.close();
  expect(pullRequest.obstacle).toBe('it is closed');
});

test('a group of the queue is held by the check of its own commit', async () => {
  const repository = await github.repository();
  repository.protect({ checks: [{ name: 'scalegate', source: null }], mergeQueue: true });
  await repository.commit('feature', { 'a.txt': '1' });
  const group = await repository.enqueue([await repository.openPullRequest({ head: 'feature' })]);
  expect(group.obstacle).toBe('the check scalegate is expected');
  repository.checkSuite(github.app, group.headSha).suite.createRun({ name: 'scalegate', conclusion: 'success' });
  expect(group.obstacle).toBeNull();
});
