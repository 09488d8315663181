import { expect, test } from 'vitest';
import { jump, small } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { github, aPullRequest, runOn } = withAction();

test('one config takes 7 requests with its first comment, which is looked for in the list, and 6 at most after that', async () => {
  const { pullRequest, repository } = await aPullRequest({ 'configs/large.yaml': jump });
  const requestsOf = async () => {
    const before = github.asked().length;
    await runOn(pullRequest);
    return github.asked().slice(before);
  };
  const first = await requestsOf();
  expect(first.length, first.join('\n')).toBeLessThanOrEqual(7);
  await repository.commit('feature', { 'configs/large.yaml': small }, { author: 'engineer' });
  const updated = await requestsOf();
  expect(updated.length, updated.join('\n')).toBeLessThanOrEqual(6);
});
