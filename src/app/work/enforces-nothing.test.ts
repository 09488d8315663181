import { describe, expect, test } from 'vitest';
import { aGate, config } from '../../../test/support/a-gate.ts';
import { largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';

const github = withApp();
const policy = '.github/scalegate.yml';
const reporting = 'scalegate_policy: 1\nenforce: false\n';
const enforcing = 'scalegate_policy: 1\nenforce: true\n';
const waits = 'the check scalegate says action_required';

describe('a base whose policy enforces nothing', () => {
  test('lets a pull request and its merge group through, and says what would be', async () => {
    const { check, look, open, repository, workshop } = await aGate(github, { [policy]: reporting });
    const pullRequest = await open();
    await look(pullRequest);
    const group = await repository.enqueue([pullRequest]);
    const { baseSha, headSha } = group;
    await workshop.look({
      kind: 'merge-group',
      group: { baseSha, headSha, baseRef: 'main', headRef: group.headRef.replace('refs/heads/', '') },
    });
    expect([pullRequest.obstacle, group.obstacle]).toEqual([null, null]);
    for (const shown of [pullRequest, group]) {
      expect(check(shown)).toMatchObject({
        conclusion: 'success',
        title: expect.stringMatching(/^Would wait/) as string,
      });
    }
    expect(pullRequest.comments.at(-1)!.body).toContain('Nothing is blocked');
  });

  test('that begins to enforce holds back what is open', async () => {
    const { branch, look, open } = await aGate(github, { [policy]: reporting });
    const pullRequest = await open();
    await look(pullRequest);
    await branch('main', { [policy]: enforcing });
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe(waits);
  });
});

describe('nobody gets past by a policy that enforces nothing:', () => {
  test('a pull request that brings one is judged by that of its base', async () => {
    const { look, open, repository } = await aGate(github, { [policy]: enforcing });
    const files = { [policy]: reporting, [config]: largeMovedToXl() };
    await repository.commit('own', files, { author: 'engineer' });
    const pullRequest = await open('main', 'own');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe(waits);
  });

  test('a branch that has one makes no head green for a default branch that enforces', async () => {
    const { branch, look, open } = await aGate(github);
    await branch('sandbox', { [policy]: reporting });
    const intoSandbox = await open('sandbox');
    await look(intoSandbox);
    expect(intoSandbox.obstacle).toBe(waits);
    // Nobody has looked at this one: whatever was said of the commit is what GitHub goes by
    const intoMain = await open();
    expect(intoMain.obstacle).toBe(waits);
  });

  test('a default branch that has one makes no head green for a branch that enforces', async () => {
    const { branch, look, open } = await aGate(github, { [policy]: reporting });
    await branch('release', { [policy]: enforcing });
    const [intoMain, intoRelease] = [await open(), await open('release')];
    await look(intoMain);
    expect([intoMain.obstacle, intoRelease.obstacle]).toEqual([waits, waits]);
    intoRelease.close();
    await look(intoRelease);
    expect(intoMain.obstacle).toBeNull();
  });
});
