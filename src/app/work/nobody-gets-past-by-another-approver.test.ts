import { describe, expect, test } from 'vitest';
import { aGate, config, expectSecondDecides, lax } from '../../../test/support/a-gate.ts';
import { largeMovedToXl, sampleConfig } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';

const github = withApp();
const approve = { author: 'lead', state: 'APPROVED' } as const;

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

describe('whatever decides who approves waits itself:', () => {
  const policy = 'scalegate_policy: 1\napprovers: { codeowners: true, users: [lead] }\n';

  test.each<[string, Record<string, string | null>]>([
    ['CODEOWNERS at a place that is looked at before', { '.github/CODEOWNERS': '* @engineer\n' }],
    ['a policy under another name', { '.github/scalegate.yaml': lax }],
    ['a policy that is deleted', { '.github/scalegate.yml': null }],
    ['a policy that is moved away', { '.github/scalegate.yml': null, 'docs/policy.yml': policy }],
  ])('%s', async (_, files) => {
    const { look, open, repository } = await aGate(github, {
      '.github/scalegate.yml': policy,
      CODEOWNERS: '* @lead\n',
    });
    await repository.commit('coup', files, { author: 'engineer' });
    const pullRequest = await open('main', 'coup');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });
});
