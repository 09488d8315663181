import { describe, expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { commentMarker } from '../../core/report/outputs/markdown/markdown.ts';
import { publishComment } from './comment.ts';

const github = withGitHub();
const report = (text: string) => `${commentMarker}\n${text}`;

async function aPullRequest() {
  const repository = await github.repository();
  await repository.commit('feature', { 'a.yaml': '' });
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const publish = (body: string | null, client = github.client()) =>
    publishComment(client, repositoryName, { number: pullRequest.number, headSha: pullRequest.headSha, body });
  const bodies = () => pullRequest.comments.map(({ body }) => body);
  return { repository, pullRequest, publish, bodies };
}

describe('the comment', () => {
  test('is written once and then updated in place', async () => {
    const { publish, bodies } = await aPullRequest();
    expect(await publish(report('first'))).toEqual({ kind: 'created' });
    expect(await publish(report('second'))).toEqual({ kind: 'updated' });
    expect(bodies()).toEqual([report('second')]);
  });

  test('is left alone when nothing changed', async () => {
    const { publish } = await aPullRequest();
    await publish(report('same'));
    const before = github.asked().length;
    expect(await publish(`${report('same')}\r\n`)).toEqual({ kind: 'unchanged' });
    expect(github.asked().slice(before)).toEqual(['POST /graphql']);
  });

  test('goes when there is nothing to report any more', async () => {
    const { publish, bodies } = await aPullRequest();
    expect(await publish(null)).toEqual({ kind: 'none' });
    await publish(report('first'));
    expect(await publish(null)).toEqual({ kind: 'deleted' });
    expect(bodies()).toEqual([]);
  });

  test('is found behind 250 others', async () => {
    const { pullRequest, publish } = await aPullRequest();
    for (let index = 0; index < 200; index += 1) pullRequest.comment('octocat', `chat ${index}`);
    await publish(report('first'));
    for (let index = 0; index < 50; index += 1) pullRequest.comment('octocat', `chat ${index}`);
    expect(await publish(report('second'))).toEqual({ kind: 'updated' });
  });

  test('is the oldest of ours where two runs wrote one each; the others go', async () => {
    const { pullRequest, publish, bodies } = await aPullRequest();
    pullRequest.comment('github-actions[bot]', report('one'));
    pullRequest.comment('octocat', 'chat');
    pullRequest.comment('github-actions[bot]', report('two'));
    expect(await publish(report('three'))).toEqual({ kind: 'updated' });
    expect(bodies()).toEqual([report('three'), 'chat']);
  });

  test('stays one when two runs comment at the same time', async () => {
    const { publish, bodies } = await aPullRequest();
    await Promise.all([publish(report('same')), publish(report('same'))]);
    expect(bodies()).toEqual([report('same')]);
  });

  test('stays one when two runs comment at the same time, though lists show it a while later', async () => {
    const { publish, bodies } = await aPullRequest();
    github.local.lag(500);
    await Promise.all([publish(report('same')), publish(report('same'))]);
    expect(bodies()).toEqual([report('same')]);
  });

  test('is not that of a person who pasted the marker', async () => {
    const { pullRequest, publish, bodies } = await aPullRequest();
    pullRequest.comment('mallory', report('all good'));
    expect(await publish(report('real'))).toEqual({ kind: 'created' });
    expect(bodies()).toEqual([report('all good'), report('real')]);
  });

  test('is not one of ours that only quotes the marker', async () => {
    const { pullRequest, publish, bodies } = await aPullRequest();
    pullRequest.comment('github-actions[bot]', `> ${commentMarker}`);
    await publish(report('real'));
    expect(bodies()).toEqual([`> ${commentMarker}`, report('real')]);
  });

  test('is left to the App where the App has commented, and ours goes', async () => {
    const { pullRequest, publish, bodies } = await aPullRequest();
    pullRequest.comment('github-actions[bot]', report('ours'));
    pullRequest.comment('scalegate[bot]', report('the App’s'));
    expect(await publish(report('new'))).toEqual({ kind: 'app-owns-it' });
    expect(bodies()).toEqual([report('the App’s')]);
  });

  test('stays as it was when the pull request is merged', async () => {
    const { pullRequest, publish, bodies } = await aPullRequest();
    await publish(report('before'));
    await pullRequest.mergeInto('octocat');
    expect(await publish(null)).toEqual({ kind: 'closed' });
    expect(bodies()).toEqual([report('before')]);
  });

  test('of an older commit does not replace that of a newer one', async () => {
    const { repository, pullRequest, publish, bodies } = await aPullRequest();
    const headSha = pullRequest.headSha;
    await publish(report('newer'));
    await repository.commit('feature', { 'a.yaml': 'pushed: 1\n' });
    const { number } = pullRequest;
    const result = await publishComment(github.client(), repositoryName, { number, headSha, body: report('older') });
    expect(result).toEqual({ kind: 'superseded' });
    expect(bodies()).toEqual([report('newer')]);
  });
});

describe('the comment of the App', () => {
  async function ofTwoBases() {
    const { repository, pullRequest, bodies } = await aPullRequest();
    const older = await repository.tip('main');
    const newer = await repository.commit('main', { 'readme.md': 'moved on' });
    const publish = (text: string, baseSha: string) => {
      const { number, headSha } = pullRequest;
      return publishComment(github.client(), repositoryName, { number, headSha, body: report(text), baseSha });
    };
    return { pullRequest, older, newer, bodies, publish };
  }

  test('is not overwritten by an evaluation of an older base', async () => {
    const { older, newer, bodies, publish } = await ofTwoBases();
    expect(await publish('newer', newer)).toEqual({ kind: 'created' });
    expect(await publish('older', older)).toEqual({ kind: 'superseded' });
    expect(bodies()[0]).toContain('newer');
  });

  test('is brought up to a newer base', async () => {
    const { older, newer, bodies, publish } = await ofTwoBases();
    await publish('older', older);
    expect(await publish('newer', newer)).toEqual({ kind: 'updated' });
    expect(await publish('newer', newer)).toEqual({ kind: 'unchanged' });
    expect(bodies()[0]).toContain('newer');
  });

  test('is restored where somebody has edited it, whatever base they made it say', async () => {
    const { pullRequest, older, newer, bodies, publish } = await ofTwoBases();
    await publish('real', older);
    const comment = pullRequest.comments[0]!;
    pullRequest.edit(comment, 'mallory', comment.body.replace('real', 'all good').replace(older, newer));
    expect(await publish('real', older)).toEqual({ kind: 'updated' });
    expect(bodies()[0]).toContain('real');
  });

  test('is written also where another bot has pasted the marker', async () => {
    const { pullRequest, older, publish } = await ofTwoBases();
    pullRequest.comment('mallory[bot]', report('all good'));
    expect(await publish('real', older)).toEqual({ kind: 'created' });
  });
});

describe('a comment that GitHub refuses is a result with the reason', () => {
  test('where the token may only read, as that of a fork', async () => {
    const { publish, bodies } = await aPullRequest();
    const client = github.client({ permissions: { contents: 'read', pull_requests: 'read' } });
    const accepted = { 'x-accepted-github-permissions': expect.stringContaining('pull_requests=write') as string };
    expect(await publish(report('first'), client)).toMatchObject({
      kind: 'refused',
      error: { status: 403, response: { headers: accepted } },
    });
    expect(bodies()).toEqual([]);
  });

  test('where the token may not even see comments', async () => {
    const { publish } = await aPullRequest();
    const client = github.client({ permissions: { contents: 'read' } });
    expect(await publish(report('first'), client)).toMatchObject({ kind: 'refused' });
  });

  test('where GitHub asks to wait longer than a job should', async () => {
    const { publish } = await aPullRequest();
    github.local.failNext({
      method: 'POST',
      path: /\/comments$/,
      answer: 'secondaryRateLimit',
      retryAfterSeconds: 600,
    });
    expect(await publish(report('first'))).toMatchObject({ kind: 'refused' });
  });

  test.each([403, 404, 410, 422] as const)('where GitHub answers %s', async (status) => {
    const { publish } = await aPullRequest();
    github.local.failNext({ method: 'POST', path: /\/comments$/, answer: status });
    expect(await publish(report('first'))).toMatchObject({ kind: 'refused', error: { status } });
  });
});
