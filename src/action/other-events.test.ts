import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runStep } from '../../test/support/run-step.ts';
import { jump, slightlyLarger, small } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';
import { git } from '../workspace/git.ts';

const { github, aPullRequest, runOn } = withAction();

describe('other events', () => {
  test('a push reports on every config of the repository, without a comment', async () => {
    const repository = await github.repository({ 'a.yaml': small, 'b.yaml': jump });
    const step = { apiUrl: github.local.url, token: github.jobToken({ contents: 'read' }), event: {} };
    const { exitCode, summary } = await runStep({ ...step, eventName: 'push', sha: await repository.tip('main') });
    expect(exitCode).toBe(0);
    expect(summary).toContain('a.yaml');
    expect(summary).toContain('b.yaml');
  });

  test('a push to a repository without configs says that there are none', async () => {
    const repository = await github.repository();
    const step = { apiUrl: github.local.url, token: github.jobToken({ contents: 'read' }), event: {} };
    const result = await runStep({ ...step, eventName: 'workflow_dispatch', sha: await repository.tip('main') });
    expect(result.exitCode).toBe(0);
    expect(result.summary).toContain('no training configs');
  });

  test('pull_request_target is evaluated over the API', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    expect((await runOn(pullRequest, { eventName: 'pull_request_target' })).exitCode).toBe(0);
  });

  test.each(['its head', 'the merge commit of it'])(
    'pull_request_target is refused where the job has checked out %s',
    async (what) => {
      const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
      const commit = what === 'its head' ? pullRequest.headSha : await repository.merge('merged', 'refs/heads/feature');
      const workspace = await mkdtemp(join(tmpdir(), 'scalegate-checkout-'));
      await git(workspace, ['clone', '--quiet', repository.path, '.']);
      await git(workspace, ['checkout', '--quiet', commit]);
      const { exitCode, lines } = await runOn(pullRequest, { eventName: 'pull_request_target', workspace });
      await rm(workspace, { recursive: true });
      expect(exitCode).toBe(1);
      expect(lines).toEqual([expect.stringContaining('has checked out the pull request')]);
    },
  );

  test('an event that says nothing about a change is refused, with those that do', async () => {
    const { pullRequest } = await aPullRequest({});
    const { exitCode, lines } = await runOn(pullRequest, { eventName: 'issue_comment' });
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain(
      'it works on pull_request, pull_request_review, merge_group, push and workflow_dispatch',
    );
  });
});
