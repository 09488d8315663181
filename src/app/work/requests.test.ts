import { expect, test } from 'vitest';
import { aGate, config } from '../../../test/support/a-gate.ts';
import { largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';
import { createAnswerCache } from '../../github/http/answer-cache.ts';

const github = withApp();

test('a first evaluation takes 10 requests at most, and a push that changes no figure 6', async () => {
  const { look, open, repository } = await aGate(github, {}, { answers: createAnswerCache(1e6), freshMs: 1e6 });
  const pullRequest = await open();
  const requestsOf = async () => {
    const before = github.local.requests.length;
    await look(pullRequest);
    // A token serves for an hour
    return github
      .asked()
      .slice(before)
      .filter((asked) => !asked.endsWith('/access_tokens'));
  };
  const first = await requestsOf();
  expect(first.length, first.join('\n')).toBeLessThanOrEqual(10);
  await repository.commit('xl', { [config]: `# a note\n${largeMovedToXl()}` }, { author: 'engineer' });
  const unchanged = await requestsOf();
  expect(unchanged.length, unchanged.join('\n')).toBeLessThanOrEqual(6);
});
