import { describe, expect, test } from 'vitest';
import { aWorkshop, jumpToXl, one, runsOf } from '../../../test/support/a-workshop.ts';
import { largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';
import { anApproval } from '../../../test/support/an-approval.ts';
import { decodeExternalId } from '../../github/checks/external-id.ts';

const github = withApp();

const compare = { path: '/repos/{owner}/{repo}/compare/{basehead}' } as const;
const newComment = { method: 'POST', path: '/repos/{owner}/{repo}/issues/{issue_number}/comments' } as const;
const newReaction = { method: 'POST', path: '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions' } as const;

/** As often as a request is sent before it has failed. */
const everyTime = { times: 4 } as const;

/** A jump that waits for an approval, and a press of its button by one who may give it. */
async function aPressedButton() {
  const { sample, pullRequest } = await jumpToXl(github);
  const { look } = await aWorkshop(github);
  await look(one);
  const run = runsOf(sample).at(-1)!;
  const { code, headSha: commit } = decodeExternalId(run.externalId)!;
  const press = anApproval({
    ...{ id: 'click a-guid', by: 'lead', how: 'button', code, commit },
    ...{ at: '2030-01-01T00:00:00Z', shownAt: run.completedAt! },
  });
  const newest = () => runsOf(sample).at(-1)!;
  return { sample, pullRequest, look, newest, pressed: { ...one, press } };
}

describe('a press of the button', () => {
  test('whose evaluation takes too long counts at the next one', async () => {
    const { look, newest, pressed } = await aPressedButton();
    const { look: lookInHaste } = await aWorkshop(github, { evaluationTimeoutMs: 300 });
    github.local.failNext({ ...compare, delayMs: 5000 });
    await lookInHaste(pressed);
    expect(newest()).toMatchObject({ conclusion: 'failure', title: 'Gave up after 0.3 s' });
    expect(newest().text).toContain('| `lead` | button |');
    await look(one);
    expect(newest()).toMatchObject({ conclusion: 'success' });
  });

  test('that could not be judged never approves what was pushed since', async () => {
    const { sample, look, newest, pressed } = await aPressedButton();
    github.local.failNext({ ...compare, answer: 403 });
    await look(pressed);
    const larger = largeMovedToXl().replace('micro_batch_size: 32', 'micro_batch_size: 64');
    await sample.commit('xl', { 'configs/large.yaml': larger }, { author: 'engineer' });
    await look(one);
    expect(newest()).toMatchObject({ conclusion: 'action_required' });
    expect(newest().text).toMatch(/`lead` \| button \|.*approved an earlier state/);
  });

  test('whose last try fails counts when somebody asks again', async () => {
    const { look, newest, pressed } = await aPressedButton();
    github.local.failNext({ ...compare, ...everyTime, answer: 503 });
    await expect(look(pressed, null)).rejects.toMatchObject({ status: 503 });
    expect(newest()).toMatchObject({ conclusion: 'failure', title: 'Could not be evaluated' });
    await look({ ...one, again: true });
    expect(newest()).toMatchObject({ conclusion: 'success' });
  });

  test('on a pull request that is closed counts when it is reopened', async () => {
    const { pullRequest, look, newest, pressed } = await aPressedButton();
    pullRequest.close();
    await look(pressed);
    await pullRequest.reopen();
    await look(one);
    expect(newest()).toMatchObject({ conclusion: 'success' });
  });

  test('counts until it is taken back, whatever our clock says', async () => {
    const { pullRequest, look, newest, pressed } = await aPressedButton();
    await look(pressed);
    expect(newest()).toMatchObject({ conclusion: 'success' });
    pullRequest.comment('lead', '/scalegate unapprove');
    await look(one);
    expect(newest()).toMatchObject({ conclusion: 'action_required' });
  });
});

describe('while GitHub answers with errors', () => {
  test('a check stays open and says when it is tried again', async () => {
    const { sample } = await jumpToXl(github);
    const { look } = await aWorkshop(github);
    github.local.failNext({ ...compare, ...everyTime, answer: 502 });
    await expect(look(one, 60_000)).rejects.toMatchObject({ status: 502 });
    expect(runsOf(sample)).toMatchObject([{ status: 'in_progress', conclusion: null, title: 'Waiting for GitHub' }]);
    expect(runsOf(sample)[0]!.summary).toMatch(
      /tried again at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC.*GitHub answered 502/,
    );
    await look(one);
    expect(runsOf(sample)).toMatchObject([{ status: 'completed', conclusion: 'action_required' }]);
  });

  test('a commit that passed is held until GitHub tells whether it still does', async () => {
    const { look, newest, pressed, pullRequest } = await aPressedButton();
    await look(pressed);
    pullRequest.comment('lead', '/scalegate unapprove');
    github.local.failNext({ ...compare, ...everyTime, answer: 503 });
    await expect(look(one, 60_000)).rejects.toMatchObject({ status: 503 });
    expect(newest()).toMatchObject({ status: 'in_progress', conclusion: null });
    await look(one);
    expect(newest()).toMatchObject({ status: 'completed', conclusion: 'action_required' });
  });

  test('a mistake in what is asked ends in a failure at once, since another try would not help', async () => {
    const { sample } = await jumpToXl(github);
    const { look } = await aWorkshop(github);
    github.local.failNext({ ...compare, answer: 422 });
    await look(one, 60_000);
    expect(runsOf(sample)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });
});

describe('when the verdict is there, but GitHub does not take what follows it', () => {
  test.each([
    ['a limit', { answer: 'secondaryRateLimit', retryAfterSeconds: 600 } as const, 'Later'],
    ['an outage', { answer: 502, ...everyTime } as const, 'HttpError'],
  ])('a comment that %s keeps back is written later', async (_, fault, name) => {
    const { sample, pullRequest } = await jumpToXl(github);
    const { look } = await aWorkshop(github);
    github.local.failNext({ ...newComment, ...fault });
    await expect(look(one, 60_000)).rejects.toMatchObject({ name });
    expect(runsOf(sample)).toMatchObject([{ conclusion: 'action_required' }]);
    expect(pullRequest.comments).toHaveLength(0);
    // Another worker does not know of the limit
    await (await aWorkshop(github)).look(one);
    expect(runsOf(sample)).toHaveLength(1);
    expect(pullRequest.comments).toHaveLength(1);
  });

  test('a command gets its receipt later', async () => {
    const { pullRequest, look } = await aPressedButton();
    const command = pullRequest.comment('lead', '/scalegate help');
    github.local.failNext({ ...newReaction, ...everyTime, answer: 502 });
    await expect(look(one, 60_000)).rejects.toMatchObject({ status: 502 });
    expect(command.reactions).toEqual([]);
    await look(one);
    expect(command.reactions).toHaveLength(1);
    expect(pullRequest.comments.filter(({ body }) => body.startsWith('<!-- scalegate:reply'))).toHaveLength(1);
  });

  test('a comment that may not be written is left, and the work is done', async () => {
    await jumpToXl(github);
    const { look, lines } = await aWorkshop(github);
    github.local.failNext({ ...newComment, answer: 403 });
    await look(one, 60_000);
    expect(lines).toMatchObject([{ outcome: 'done', said: expect.stringContaining('GitHub answered 403') as string }]);
  });
});
