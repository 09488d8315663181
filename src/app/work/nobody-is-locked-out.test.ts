import { describe, expect, test } from 'vitest';
import { aGate, config } from '../../../test/support/a-gate.ts';
import { largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';

const github = withApp();
const approve = { author: 'lead', state: 'APPROVED' } as const;
const noted = `# reviewed with the team\n${largeMovedToXl()}`;

test('"Update branch" by the approver keeps the approval, and so does a merge of the base by hand', async () => {
  const { look, open, repository } = await aGate(github);
  const pullRequest = await open();
  pullRequest.review(approve);
  await look(pullRequest);
  for (const byHand of [false, true]) {
    await repository.commit('main', { [`notes-${byHand}.md`]: 'more' }, { author: 'lead' });
    const before = pullRequest.headSha;
    const after = byHand
      ? await repository.merge('xl', 'refs/heads/main', { author: 'lead' })
      : await pullRequest.updateBranch('lead');
    await look(pullRequest, { push: { by: 'lead', before, after } });
    expect(pullRequest.obstacle).toBeNull();
  }
});

test('a merge in which somebody has written something is their work', async () => {
  const { look, open, repository } = await aGate(github);
  const pullRequest = await open();
  pullRequest.review(approve);
  await look(pullRequest);
  await repository.commit('main', { 'notes.md': 'more' }, { author: 'lead' });
  const theirs = await repository.tip('main');
  await repository.merge('evil', 'refs/heads/main', { author: 'lead' });
  await repository.merge('xl', theirs, { author: 'lead' });
  const merge = await repository.git.readCommit(await repository.tip('xl'));
  const evil = await repository.git.writeCommit({
    ...{ parents: merge.parents, message: 'Merge', author: merge.author, committer: merge.committer, tree: merge.tree },
    files: { [config]: noted },
  });
  await repository.moveBranch('xl', evil, 'lead');
  await look(pullRequest);
  expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
});

describe('an author whose address belongs to no account', () => {
  const files = (more: string) => ({
    '.github/scalegate.yml': `scalegate_policy: 1\napprovers: { users: [lead] }\n${more}`,
  });
  const author = { name: 'Eve', email: 'eve@example.com' };

  test('makes an approval of two where there is one approver: that is said, with the address', async () => {
    const { check, look, open, repository } = await aGate(github, files(''));
    const pullRequest = await open();
    await repository.commit('xl', { [config]: noted }, { author, pusher: 'engineer' });
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
    expect(check(pullRequest)?.summary).toContain('eve@example.com');
  });

  test('means nothing where the policy says so', async () => {
    const { look, open, repository } = await aGate(github, files('unlinked_authors: ignore\n'));
    const pullRequest = await open();
    await repository.commit('xl', { [config]: noted }, { author, pusher: 'engineer' });
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
  });
});

test('a press of the button outlives thirty commits in one push, and a list that lags', async () => {
  const { check, code, look, open, press, repository } = await aGate(github);
  const pullRequest = await open();
  await look(pullRequest);
  await look(pullRequest, { press: press(pullRequest, 'lead', code(pullRequest)) });
  expect(pullRequest.obstacle).toBeNull();
  github.local.lag(60_000);
  await repository.commit('xl', { [config]: noted }, { author: 'engineer' });
  await look(pullRequest);
  expect(check(pullRequest)?.conclusion).toBe('success');
  github.local.lag(0);
  let from = pullRequest.headSha;
  for (let count = 0; count < 31; count += 1) {
    const files = { 'count.txt': String(count) };
    const { author, committer } = await repository.git.readCommit(pullRequest.headSha);
    from = await repository.git.writeCommit({ parents: [from], message: 'count', author, committer, files });
  }
  await repository.moveBranch('xl', from, 'engineer');
  await look(pullRequest);
  expect(pullRequest.obstacle).toBeNull();
});

test('a check that a lost answer has left queued is completed', async () => {
  const { look, open, repository } = await aGate(github);
  const pullRequest = await open();
  await look(pullRequest);
  const [run] = repository.checkSuites.flatMap(({ runs }) => runs);
  const left = run!.suite.createRun({ name: 'scalegate', external_id: run!.externalId, status: 'queued' });
  await look(pullRequest);
  await look(pullRequest);
  expect(left.status).toBe('completed');
  expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
});

test('a token that GitHub takes no longer is replaced at once, and not after its hour', async () => {
  const { check, look, open } = await aGate(github);
  const pullRequest = await open();
  await look(pullRequest);
  github.local.expireTokens();
  pullRequest.review(approve);
  await look(pullRequest);
  expect(check(pullRequest)?.conclusion).toBe('success');
  expect(github.asked().filter((asked) => asked.endsWith('/access_tokens'))).toHaveLength(2);
});

test('a suspended installation is let be, though its token is still there', async () => {
  const { look, open, workshop } = await aGate(github);
  const pullRequest = await open();
  await look(pullRequest);
  github.installation.suspend();
  await look(pullRequest);
  expect(workshop.lines.at(-1)).toMatchObject({ outcome: 'gone' });
});
