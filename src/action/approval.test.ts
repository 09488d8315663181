import { describe, expect, test } from 'vitest';
import { biggerJump, jump } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { aPullRequest, runOn } = withAction();

describe('a jump in scale', () => {
  test('waits for a review, and says whose', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    const { exitCode, lines, outputs } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(outputs['verdict']).toBe('waiting');
    expect(lines.at(-1)).toMatch(/^::error::scalegate is waiting for 1 approval.*maintain/);
  });

  test('passes once somebody who may has approved it', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    const { exitCode, report } = await runOn(pullRequest, { eventName: 'pull_request_review' });
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ verdict: 'pass', approval: { given: [{ by: 'lead', how: 'review' }] } });
  });

  test.each([
    ['its author', 'engineer', 'maintain'],
    ['somebody whose role does not suffice', 'visitor', 'read'],
    ['a bot', 'robot[bot]', 'admin'],
  ])('is not approved by %s', async (_, author, role) => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    repository.grantRole(author, role);
    pullRequest.review({ author, state: 'APPROVED' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('waits again when the approval is dismissed', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.dismissReview(pullRequest.review({ author: 'lead', state: 'APPROVED' }));
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('keeps its approval through a push that leaves it as it was', async () => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    await repository.commit('feature', { 'train.py': '' }, { author: 'engineer' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('pass');
  });

  test('needs a new approval when it grows after the review', async () => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    await repository.commit('feature', { 'configs/large.yaml': biggerJump }, { author: 'engineer' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('does not fail the job where only errors should', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    expect((await runOn(pullRequest, { inputs: { 'fail-on': 'error' } })).exitCode).toBe(0);
    expect((await runOn(pullRequest, { inputs: { mode: 'report' } })).exitCode).toBe(0);
  });
});
