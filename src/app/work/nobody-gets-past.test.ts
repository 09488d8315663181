import { describe, expect, test } from 'vitest';
import { aGate, config, lax } from '../../../test/support/a-gate.ts';
import { largeMovedToXl, sampleConfig } from '../../../test/support/sample-repository.ts';
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
});

describe('what was taken back stays taken back', () => {
  test.each([
    [
      'deletes',
      (pullRequest, comment) => {
        pullRequest.deleteComment(comment, 'engineer');
      },
    ],
    [
      'edits',
      (pullRequest, comment) => {
        pullRequest.edit(comment, 'engineer', 'never mind');
      },
    ],
    [
      'edits at once',
      (pullRequest, comment) => {
        pullRequest.edit(comment, 'engineer', '/scalegate unapprove');
      },
    ],
  ] satisfies [string, (pullRequest: Shown, comment: Comment) => void][])(
    'although somebody %s the comment that took back a review',
    async (how, act) => {
      const { look, open } = await aGate(github);
      const pullRequest = await open();
      pullRequest.review(approve);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBeNull();
      const comment = pullRequest.comment('lead', '/scalegate unapprove');
      if (how !== 'edits at once') await look(pullRequest);
      act(pullRequest, comment);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
      pullRequest.review(approve);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBeNull();
    },
  );
});

describe('somebody who made a part of the change does not approve it, though', () => {
  const commit = { [config]: `# mine\n${largeMovedToXl()}` };

  test.each([
    ['the address of GitHub itself', { name: 'GitHub', email: 'noreply@github.com' }],
    ['the address of a bot that there is not', { name: 'x', email: 'nobody[bot]@users.noreply.github.com' }],
    ['an address of no account', { name: 'x', email: 'x@example.com' }],
  ])('their commit has %s', async (_, author) => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    await repository.commit('xl', commit, { author, pusher: 'engineer' });
    await expectSecondDecides(pullRequest, look);
  });

  test('what GitHub signed, and a bot that there is, are nobody who could approve', async () => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    github.local.createApp({ slug: 'formatter', permissions: {}, events: [] });
    const bot = { name: 'formatter', email: '41+formatter[bot]@users.noreply.github.com' };
    await repository.commit('xl', commit, { author: bot, pusher: 'formatter[bot]' });
    const github_ = { name: 'GitHub', email: 'noreply@github.com' };
    await repository.commit('xl', { 'a.txt': '' }, { author: 'engineer', committer: github_, signedByGitHub: true });
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
  });

  test('they pushed it under the name of somebody else', async () => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    const before = pullRequest.headSha;
    const after = await repository.commit('xl', commit, { author: 'engineer', pusher: 'lead' });
    pullRequest.review(approve);
    await look(pullRequest, { push: { by: 'lead', before, after } });
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });

  test('a forced push of the same change has dropped their name', async () => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    const message = 'Grow\n\nCo-authored-by: lead <lead@users.noreply.github.com>';
    await repository.commit('xl', commit, { author: 'engineer', message, from: 'main' });
    await look(pullRequest);
    await repository.commit('xl', commit, { author: 'engineer', from: 'main' });
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });
});

describe('what belongs to a team waits for its approvers', () => {
  const policy = `scalegate_policy: 1
approvers: { users: [lead] }
policies:
  - files: ['vision/**']
    approvers: { users: [second] }
`;
  const vision = 'vision/large.yaml';
  const files = { '.github/scalegate.yml': policy, [vision]: sampleConfig('large.yaml') };

  test('and neither those of the repository nor those of another team speak for them', async () => {
    const { look, open, repository } = await aGate(github, files);
    await repository.commit('xl', { [vision]: largeMovedToXl() }, { author: 'engineer' });
    const pullRequest = await open();
    await expectSecondDecides(pullRequest, look);
  });

  test('also where the config is moved away from them, or to them', async () => {
    const { look, open, repository } = await aGate(github, files);
    const moved = { [vision]: null, 'speech/large.yaml': largeMovedToXl() };
    await repository.commit('away', moved, { author: 'engineer' });
    await repository.commit('to', { [config]: null, 'vision/new.yaml': largeMovedToXl() }, { author: 'engineer' });
    for (const head of ['away', 'to']) {
      const pullRequest = await open('main', head);
      await expectSecondDecides(pullRequest, look);
    }
  });

  test('and a policy that would make somebody else their approver waits for those of the repository', async () => {
    const { look, open, repository } = await aGate(github, files);
    const own = { '.github/scalegate.yml': policy.replace('second', 'engineer'), [vision]: largeMovedToXl() };
    await repository.commit('coup', own, { author: 'engineer' });
    const pullRequest = await open('main', 'coup');
    pullRequest.review({ author: 'second', state: 'APPROVED' });
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });
});

describe('an approval is of what its author saw', () => {
  test('a review that nobody had looked at when the plan changed is one of the old plan', async () => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    await look(pullRequest);
    pullRequest.review(approve);
    const policy = 'scalegate_policy: 1\nassumptions: [{ files: ["**"], hardware: { usd_per_gpu_hour: 9 } }]\n';
    await repository.commit('main', { '.github/scalegate.yml': policy }, { author: 'lead' });
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });

  test('a change of CODEOWNERS waits where owners approve', async () => {
    const { look, open, repository } = await aGate(github, {
      '.github/scalegate.yml': 'scalegate_policy: 1\napprovers: { codeowners: true, users: [lead] }\n',
      '.github/CODEOWNERS': '* @lead\n',
    });
    await repository.commit('owners', { '.github/CODEOWNERS': '* @lead @engineer\n' }, { author: 'engineer' });
    const pullRequest = await open('main', 'owners');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
  });

  test('two growths that are small apart are judged together once one of them is merged', async () => {
    const { look, open, repository } = await aGate(github);
    const text = largeMovedToXl();
    const grown = (from: string, to: string) => text.replace(from, to);
    await repository.commit('main', { [config]: text }, { author: 'lead' });
    await repository.commit('layers', { [config]: grown('num_layers: 36', 'num_layers: 80') }, { author: 'engineer' });
    await repository.commit('tokens', { [config]: grown(/^name: .*$/m.exec(text)![0], 'name: other') });
    const [first, second] = [await open('main', 'layers'), await open('main', 'tokens')];
    await look(second);
    expect(second.obstacle).toBeNull();
    await first.mergeInto('admin');
    await look(second);
    expect(second.obstacle).not.toBeNull();
    await second.updateBranch('engineer');
    await look(second);
    expect(second.obstacle).toBeNull();
  });
});

/** The approval of `lead` is not enough, that of `second` is. */
async function expectSecondDecides(pullRequest: Shown, look: (pullRequest: Shown) => Promise<void>): Promise<void> {
  pullRequest.review(approve);
  await look(pullRequest);
  expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  pullRequest.review({ author: 'second', state: 'APPROVED' });
  await look(pullRequest);
  expect(pullRequest.obstacle).toBeNull();
}

type Shown = Awaited<ReturnType<Awaited<ReturnType<typeof aGate>>['open']>>;
type Comment = ReturnType<Shown['comment']>;
