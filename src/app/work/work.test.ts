import { describe, expect, test } from 'vitest';
import { aWorkshop, jumpToXl as jumpToXlOn, one, runsOf } from '../../../test/support/a-workshop.ts';
import { createSampleRepository, largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';
import { EvaluationThread } from '../evaluation/evaluation-thread.ts';
import { Later } from '../queue/queue.ts';

const github = withApp();
const workshop = (options = {}) => aWorkshop(github, options);
const jumpToXl = () => jumpToXlOn(github);

describe('a pull request', () => {
  test('gets its check and its comment, and nothing more when nothing changed', async () => {
    const { sample, pullRequest } = await jumpToXl();
    const { look, lines } = await workshop();
    await look(one);
    expect(runsOf(sample)).toMatchObject([{ status: 'completed', conclusion: 'action_required' }]);
    expect(pullRequest.comments).toHaveLength(1);
    const requests = github.local.requests.filter(({ method }) => method === 'POST' || method === 'PATCH').length;
    await look(one);
    const writes = github.local.requests
      .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
      .slice(requests);
    expect(writes.map(({ path }) => path)).toEqual([]);
    expect(lines.map(({ outcome, said }) => [outcome, said])).toEqual([
      ['done', 'waiting'],
      ['done', 'waiting'],
    ]);
  });

  test('whose evaluation hangs gets a failure with a button to retry, in time', async () => {
    const { sample } = await jumpToXl();
    github.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', delayMs: 5000 });
    const { look, lines } = await workshop({ evaluationTimeoutMs: 300 });
    await look(one);
    expect(runsOf(sample)).toMatchObject([
      { status: 'completed', conclusion: 'failure', title: 'Gave up after 0.3 s', buttons: [{ label: 'Retry' }] },
    ]);
    expect(lines).toMatchObject([{ said: 'could not be evaluated' }]);
  });

  test('whose evaluation computes for ever gets that too, and the next one is evaluated', async () => {
    const { sample } = await jumpToXl();
    await sample.commit('loops', { 'configs/loops.yaml': largeMovedToXl() }, { author: 'engineer' });
    await sample.openPullRequest({ head: 'loops', author: 'engineer' });
    const entry = new URL('../../../test/support/evaluation-thread-entry.ts', import.meta.url);
    const evaluations = new EvaluationThread({ mostTurnMs: 3000, entry });
    const { look } = await workshop({ evaluations });
    await look({ ...one, number: 2 });
    await look(one);
    await evaluations.close();
    expect(runsOf(sample)).toMatchObject([
      { status: 'completed', conclusion: 'action_required' },
      { status: 'completed', conclusion: 'failure', title: 'Gave up after 3 s', buttons: [{ label: 'Retry' }] },
    ]);
  });

  test('that GitHub does not let us read fails with the reason, and is not tried again', async () => {
    const { sample } = await jumpToXl();
    github.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', answer: 403 });
    const { look } = await workshop();
    await look(one);
    const [run] = runsOf(sample);
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(run?.summary).toContain('GitHub answered 403');
  });

  test('that is pushed to while it is evaluated gets no verdict of the older commit', async () => {
    const { sample } = await jumpToXl();
    const { look } = await workshop();
    github.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', delayMs: 1500 });
    const looking = look(one);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await sample.commit('xl', { 'notes.md': 'more' }, { author: 'engineer' });
    await expect(looking).rejects.toThrow(Later);
    // Whatever was shown of it in the meantime
    expect(runsOf(sample).filter(({ title }) => title !== 'Superseded by a newer commit')).toEqual([]);
  });

  test('that a rate limit is in the way of is put off for as long as GitHub asks', async () => {
    await jumpToXl();
    const { look, lines } = await workshop();
    github.local.failNext({ answer: 'secondaryRateLimit', retryAfterSeconds: 600, path: '/graphql' });
    await expect(look(one)).rejects.toMatchObject({ name: 'Later', delayMs: expect.closeTo(600_000, -4) as unknown });
    expect(lines).toMatchObject([{ outcome: 'later' }]);
  });

  test('that is merged although it did not pass is noted', async () => {
    const { pullRequest } = await jumpToXl();
    const { look, lines, metrics } = await workshop();
    await look(one);
    await pullRequest.mergeInto('admin');
    await look(one);
    expect(lines.at(-1)).toMatchObject({ said: 'merged although it had not passed' });
    expect((await metrics.render()).text).toContain('scalegate_merged_without_approval_total 1');
  });

  test('of an installation that is gone or suspended is let go quietly', async () => {
    await jumpToXl();
    const { look, lines } = await workshop();
    await look({ ...one, installationId: 999_999 });
    github.installation.suspend();
    await look(one);
    expect(lines).toMatchObject([{ outcome: 'gone' }, { outcome: 'gone' }]);
  });

  test('is left alone when it is gone', async () => {
    await createSampleRepository(github.local);
    const { look, lines } = await workshop();
    await look({ ...one, number: 404 });
    expect(lines).toMatchObject([{ outcome: 'done', said: 'it is gone' }]);
  });
});

describe('a push to a base branch', () => {
  const push = async (files: Record<string, string>, more = {}) => {
    const { sample } = await jumpToXl();
    const before = await sample.tip('main');
    const after = await sample.commit('main', files);
    const { look, added } = await workshop();
    await look({ kind: 'branch', branch: 'main', before, after, forced: false, ...more });
    return added;
  };

  test.each(['.github/scalegate.yml', 'docs/model-scaling-estimates.md', '.github/CODEOWNERS'])(
    'that changes %s has its pull requests looked at, in the background',
    async (path) => {
      expect(await push({ [path]: '# new\n' })).toMatchObject([{ key: 'acme/vr-models#1', urgency: 'background' }]);
    },
  );

  test('that changes anything else does not', async () => {
    expect(await push({ 'train.py': 'print()\n' })).toEqual([]);
  });

  test('that changes a config has those looked at that change it too', async () => {
    expect(await push({ 'configs/large.yaml': '# new\n' })).toMatchObject([{ key: 'acme/vr-models#1' }]);
    expect(await push({ 'configs/small.yaml': '# new\n' })).toEqual([]);
  });

  test('that rewrote history does, since what it took away is not known', async () => {
    expect(await push({ 'train.py': 'print()\n' }, { forced: true })).toHaveLength(1);
  });

  test('to a branch that nothing is based on asks for nothing', async () => {
    expect(await push({ '.github/scalegate.yml': '# new\n' }, { branch: 'other' })).toEqual([]);
  });
});

test('an installation has its repositories looked at, and a repository its open pull requests', async () => {
  await jumpToXl();
  const { look, added } = await workshop();
  await look({ kind: 'installation' });
  expect(added.splice(0)).toMatchObject([{ key: 'acme/vr-models', urgency: 'background' }]);
  await look({ kind: 'repository' });
  expect(added).toMatchObject([{ key: 'acme/vr-models#1', urgency: 'background' }]);
});

test('all checks of a commit run again for the pull request that the check names', async () => {
  const { pullRequest } = await jumpToXl();
  const { look, added } = await workshop();
  await look(one);
  await look({ kind: 'commit', sha: pullRequest.headSha, branch: null });
  expect(added).toMatchObject([{ key: 'acme/vr-models#1', urgency: 'now', data: { again: true } }]);
});

test('a job of another version is let go, with a line in the log', async () => {
  const { look, lines } = await workshop();
  await look({ kind: 'teleport' as 'branch', branch: 'x' });
  expect(lines).toMatchObject([{ job: 'a-guid' }, { kind: 'none', outcome: 'done' }]);
});
