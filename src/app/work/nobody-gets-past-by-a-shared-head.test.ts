import { describe, expect, test } from 'vitest';
import { aGate, lax } from '../../../test/support/a-gate.ts';
import { withApp } from '../../../test/support/with-app.ts';

const github = withApp();
const approve = { author: 'lead', state: 'APPROVED' } as const;

describe('a check belongs to a commit, and', () => {
  test('a head that passes into a lax branch is not green for main, however often its check is run again', async () => {
    const { branch, look, open } = await aGate(github);
    await branch('sandbox', { '.github/scalegate.yml': lax });
    const intoSandbox = await open('sandbox');
    await look(intoSandbox);
    expect(intoSandbox.obstacle).toContain('action_required');
    const intoMain = await open();
    for (let count = 0; count < 2; count += 1) await look(intoSandbox, { again: true });
    expect(intoMain.obstacle).not.toBeNull();
    await look(intoMain);
    expect([intoMain.obstacle, intoSandbox.obstacle]).toEqual(
      Array(2).fill('the check scalegate says action_required'),
    );
  });

  test('the approvers of the default branch open the other branch as well, with the code that is shown there', async () => {
    const { branch, code, look, open } = await aGate(github);
    await branch('sandbox', { '.github/scalegate.yml': lax });
    const pullRequest = await open('sandbox');
    await look(pullRequest);
    pullRequest.comment('lead', `/scalegate approve ${code(pullRequest)}`);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
  });

  test('a retarget, a reopening and a second pull request are not green while the App is down', async () => {
    const { branch, look, open } = await aGate(github);
    await branch('sandbox', { '.github/scalegate.yml': lax });
    const closed = await open();
    closed.close();
    const moved = await open('sandbox');
    await look(moved);
    const second = await open();
    await closed.reopen();
    await moved.retarget('main');
    expect([closed, moved, second].map(({ obstacle }) => obstacle === null)).toEqual([false, false, false]);
  });

  test('a success that is of another base is taken back before anything is evaluated', async () => {
    const { branch, check, look, open, repository } = await aGate(github);
    await branch('release', { 'notes.md': 'release' });
    await repository.commit('harmless', { 'readme.md': 'more' }, { author: 'engineer' });
    const pullRequest = await open('main', 'harmless');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
    await pullRequest.retarget('release');
    const during: (string | null)[] = [];
    const onRequest = () => during.push(pullRequest.obstacle);
    github.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', onRequest });
    await look(pullRequest);
    expect(during[0]).toBe('the check scalegate is queued');
    expect(check(pullRequest)?.conclusion).toBe('success');
  });

  test('who shares the head and was never looked at is looked at, and until then nobody passes', async () => {
    const { look, open, repository } = await aGate(github);
    await repository.commit('harmless', { 'readme.md': 'more' }, { author: 'engineer' });
    const [one, two] = [await open('main', 'harmless'), await open('main', 'harmless')];
    await look(one);
    expect([one.obstacle, two.obstacle]).toEqual([null, null]);
    expect(repository.checkSuites.flatMap(({ runs }) => runs.map(({ conclusion }) => conclusion))).toEqual([
      'action_required',
      'success',
    ]);
  });

  test('more pull requests than GitHub lists are no success', async () => {
    const { look, open, repository } = await aGate(github);
    await repository.commit('harmless', { 'readme.md': 'more' }, { author: 'engineer' });
    const pullRequest = await open('main', 'harmless');
    for (let count = 0; count < 100; count += 1) await open('main', 'harmless');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });

  test('whoever shared it and was closed holds nobody up any more', async () => {
    const { branch, look, open, repository } = await aGate(github);
    const policy = 'scalegate_policy: 1\nrules: { scale-jump: error }\n';
    await branch('strict', { '.github/scalegate.yml': policy });
    await repository.commit('xl', { 'readme.md': 'more' }, { author: 'engineer' });
    const [intoMain, intoStrict] = [await open(), await open('strict')];
    intoMain.review(approve);
    await look(intoStrict);
    await look(intoMain);
    expect(intoMain.obstacle).toBe('the check scalegate says failure');
    intoStrict.close();
    await look(intoStrict);
    expect(intoMain.obstacle).toBeNull();
  });

  test('two that share it do not ask for each other again and again while the lists of GitHub lag', async () => {
    const { look, open, repository } = await aGate(github);
    await repository.commit('harmless', { 'readme.md': 'more' }, { author: 'engineer' });
    const [one, two] = [await open('main', 'harmless'), await open('main', 'harmless')];
    github.local.lag(60_000);
    await look(one);
    expect([one.obstacle, two.obstacle]).toEqual([null, null]);
    expect(repository.checkSuites.flatMap(({ runs }) => runs)).toHaveLength(2);
  });

  test('a tag with the name of the base lays down no policy', async () => {
    const { look, open, repository } = await aGate(github);
    const sha = await repository.commit('sandbox', { '.github/scalegate.yml': lax }, { author: 'engineer' });
    await repository.git.setReference('refs/tags/main', sha);
    const pullRequest = await open();
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });
});
