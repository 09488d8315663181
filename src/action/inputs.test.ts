import { expect, test } from 'vitest';
import { slightlyLarger } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { github, aPullRequest, runOn } = withAction();

test('mistakes in the inputs are named all at once', async () => {
  const { pullRequest } = await aPullRequest({});
  const { exitCode, lines } = await runOn(pullRequest, { inputs: { comment: 'maybe', 'fail-on': 'sometimes' } });
  expect(exitCode).toBe(1);
  expect(lines[0]).toContain('input "comment": expected true or false');
  expect(lines[0]).toContain('input "fail-on"');
});

test('no comment is written where the workflow wants none', async () => {
  const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
  await runOn(pullRequest, { inputs: { comment: 'false' } });
  expect(pullRequest.comments).toEqual([]);
  // The same five that a run takes which has nothing left to write
  expect(github.asked()).toHaveLength(5);
  expect(github.asked().filter((request) => !/^(GET|POST \/graphql)/.test(request))).toEqual([]);
});
