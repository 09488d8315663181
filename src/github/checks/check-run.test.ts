import { expect, test } from 'vitest';
import { aCheck, passing, remarks } from '../../../test/support/a-check.ts';
import { create, release, runsOn, withChecks } from '../../../test/support/with-checks.ts';
import { beginGroupCheck } from './begin-check.ts';
import { approveButton, type Check } from './check.ts';

const { github, aPullRequest, begin, publish, writes } = withChecks();

test('a new head gets one check, which says that it is under way where that takes a while', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
  expect(runsOn(pullRequest)).toEqual([]);
  await begun.show();
  const [run] = runsOn(pullRequest);
  expect(run).toMatchObject({ name: 'scalegate', status: 'queued', conclusion: null });
  expect(await begun.finish(aCheck(), { code: 'K7Q2M9XA' })).toBe('published');
  expect(runsOn(pullRequest)).toHaveLength(1);
  expect(run).toMatchObject({
    status: 'completed',
    conclusion: 'action_required',
    title: 'Waiting for 1 approval',
    externalId: `scalegate/1 ${pullRequest.number} ${pullRequest.headSha} K7Q2M9XA`,
    buttons: [approveButton],
  });
});

test('what says the same again is not written, however often it is looked at', async () => {
  const { pullRequest } = await aPullRequest();
  await publish(pullRequest, aCheck());
  for (let index = 0; index < 3; index += 1) expect(await publish(pullRequest, aCheck())).toBe('unchanged');
  expect(writes()).toEqual([create]);
});

test.each<[string, Partial<Check>]>([
  ['another conclusion', { conclusion: 'success' }],
  ['another text', { text: 'another ledger' }],
  ['another remark', { annotations: remarks(1) }],
  ['no button', { buttons: [] }],
])('%s makes a new run', async (_what, parts) => {
  const { pullRequest } = await aPullRequest();
  await publish(pullRequest, aCheck());
  expect(await publish(pullRequest, aCheck(parts))).toBe('published');
  expect(runsOn(pullRequest)).toHaveLength(2);
  expect(runsOn(pullRequest)[0]).toMatchObject({ conclusion: 'action_required', annotations: [] });
});

test('who asks for it again gets a new run, though it says the same', async () => {
  const { pullRequest } = await aPullRequest();
  await publish(pullRequest, aCheck());
  expect(await publish(pullRequest, aCheck(), true)).toBe('published');
  expect(runsOn(pullRequest).map(({ status }) => status)).toEqual(['completed', 'completed']);
});

test('a run that a dead worker left open is completed', async () => {
  const { pullRequest } = await aPullRequest();
  await (await begin(pullRequest)).show();
  await publish(pullRequest, passing);
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
});

test('a run that GitHub has deleted is made anew', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
  await begun.show();
  github.local.failNext({ method: 'PATCH', answer: 404 });
  await begun.finish(passing);
  expect(runsOn(pullRequest).at(-1)).toMatchObject({ status: 'completed', conclusion: 'success' });
});

test('a run that was broken off between its requests is not taken for finished', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
  github.local.failNext({ method: 'PATCH', answer: 403 });
  await expect(begun.finish(aCheck({ annotations: remarks(60) }))).rejects.toThrow();
  expect(await publish(pullRequest, aCheck({ annotations: remarks(60) }))).toBe('published');
  expect(runsOn(pullRequest).at(-1)!.annotations).toHaveLength(60);
});

test('whatever GitHub refuses, the conclusion is sent in the end', async () => {
  const { pullRequest } = await aPullRequest();
  github.local.failNext({ method: 'POST', answer: 422, times: 3, path: /\/check-runs$/ });
  await publish(pullRequest, aCheck({ annotations: remarks(3) }));
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'action_required', buttons: [] }]);
});

test('a text that is too long is not even tried, and what is remembered stays', async () => {
  const { pullRequest } = await aPullRequest();
  await publish(pullRequest, aCheck({ summary: '😀'.repeat(40_000) }));
  expect(writes()).toEqual([create]);
  expect(runsOn(pullRequest)[0]).toMatchObject({ conclusion: 'action_required' });
  expect((await begin(pullRequest)).memory).toBe('ledger');
});

test('a commit that is the head of two pull requests passes only where both do', async () => {
  const { pullRequest, repository } = await aPullRequest();
  const toRelease = await repository.openPullRequest({ head: 'feature', base: await release(repository) });
  await publish(pullRequest, aCheck({ conclusion: 'failure', title: 'Fails' }));
  await publish(toRelease, passing);
  expect(runsOn(pullRequest).at(-1)).toMatchObject({ conclusion: 'failure' });
  expect(runsOn(pullRequest).at(-1)!.summary).toContain(`#${pullRequest.number} has the same head`);
  await publish(pullRequest, passing);
  expect(runsOn(pullRequest).at(-1)).toMatchObject({ conclusion: 'success' });
});

test('a merge group has a check of its own, which is not written twice', async () => {
  const { pullRequest, repository } = await aPullRequest();
  const { headSha } = await repository.enqueue([pullRequest]);
  const client = await github.appClient();
  const group = () => beginGroupCheck(client, github.name, { appId: github.app.id, headSha, again: false });
  expect(await (await group()).finish(passing)).toBe('published');
  expect(await (await group()).finish(passing)).toBe('unchanged');
  const runs = repository.checkSuites.find((suite) => suite.headSha === headSha)!.runs;
  expect(runs).toMatchObject([{ conclusion: 'success', externalId: `scalegate/1 group ${headSha} -` }]);
});

test("that GitHub's limits made it wait is said, and is nothing new by itself", async () => {
  const { pullRequest } = await aPullRequest();
  await (await begin(pullRequest)).finish(passing, { waitedMs: 43_000 });
  expect(runsOn(pullRequest)[0]!.summary).toContain('43 s late');
  expect(await (await begin(pullRequest)).finish(passing)).toBe('unchanged');
});
