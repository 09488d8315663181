import { describe, expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { commentMarker } from '../../core/report/outputs/markdown/markdown.ts';
import { publishComment } from './comment.ts';
import { withHistory } from './history.ts';

const github = withGitHub();
const report = (title: string) => `${commentMarker}\n### ${title}\n\nMore.\n`;
const waits = '⏳ scalegate: waiting for 1 approval';
const passes = '✅ scalegate: fits, 61 of 79.3 GiB';

async function aPullRequest() {
  const repository = await github.repository();
  await repository.commit('feature', { 'a.yaml': '' });
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const publish = (title: string) =>
    publishComment(github.client(), repositoryName, {
      number: pullRequest.number,
      headSha: pullRequest.headSha,
      body: report(title),
    });
  const push = (text: string) => repository.commit('feature', { 'a.yaml': text });
  const earlier = () => (pullRequest.comments[0]?.body ?? '').split('\n').filter((line) => line.startsWith('- `'));
  return { pullRequest, publish, push, earlier };
}

describe('what the comment said before', () => {
  test('is told at its end with its commit, newest first, and only where it was something else', async () => {
    const { pullRequest, publish, push, earlier } = await aPullRequest();
    await publish(waits);
    const first = pullRequest.headSha.slice(0, 7);
    expect(earlier()).toEqual([]);
    await push('1');
    await publish(passes);
    const second = pullRequest.headSha.slice(0, 7);
    await push('2');
    expect(await publish(passes)).toEqual({ kind: 'unchanged' });
    await publish(waits);
    expect(pullRequest.comments[0]?.body).toContain('<summary>2 earlier evaluations</summary>');
    expect(earlier()).toEqual([`- \`${second}\` ✅ fits, 61 of 79.3 GiB`, `- \`${first}\` ⏳ waiting for 1 approval`]);
  });

  test('is not taken from a comment that somebody edited', async () => {
    const { pullRequest, publish, earlier } = await aPullRequest();
    await publish(waits);
    pullRequest.edit(pullRequest.comments[0]!, 'mallory', report('✅ scalegate: all is well'));
    await publish(passes);
    expect(earlier()).toEqual([]);
  });

  test('is ten evaluations at most, and a title that is too long is its mark', () => {
    const bodyOf = (index: number) =>
      `${commentMarker}\n<!-- scalegate:of ${String(index).padStart(40, '0')} -->\n### ❌ scalegate: ${'x'.repeat(index)}\n`;
    let body = bodyOf(1);
    for (let index = 2; index < 600; index += 50) body = withHistory(bodyOf(index), body);
    const told = body.split('\n').filter((line) => line.startsWith('- `'));
    expect(told).toHaveLength(10);
    expect(told[0]).toBe('- `0000000` ❌');
    expect(told[1]).toMatch(/^- `0000000` ❌ x+$/);
  });
});
