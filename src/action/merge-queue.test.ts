import { describe, expect, test } from 'vitest';
import { biggerJump, jump } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { aPullRequest, runOn } = withAction();

describe('a merge queue', () => {
  async function aGroup() {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    const baseSha = await repository.tip('main');
    const headSha = await repository.merge('queue', 'refs/heads/feature');
    const event = {
      merge_group: {
        base_sha: baseSha,
        base_ref: 'refs/heads/main',
        head_sha: headSha,
        head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${baseSha}`,
      },
    };
    return { repository, pullRequest, step: { eventName: 'merge_group', event } };
  }

  test('merges what was approved on its pull request', async () => {
    const { pullRequest, step } = await aGroup();
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    expect((await runOn(pullRequest, step)).exitCode).toBe(0);
    expect(pullRequest.comments).toEqual([]);
  });

  test('does not merge what nobody approved', async () => {
    const { pullRequest, step } = await aGroup();
    expect((await runOn(pullRequest, step)).outputs['verdict']).toBe('waiting');
  });

  test('does not merge more than was approved', async () => {
    const { repository, pullRequest, step } = await aGroup();
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    const headSha = await repository.commit('queue', { 'configs/large.yaml': biggerJump });
    const event = { merge_group: { ...step.event.merge_group, head_sha: headSha } };
    expect((await runOn(pullRequest, { ...step, event })).outputs['verdict']).toBe('waiting');
  });
});
