import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyLedger, type Ledger } from '../core/policy/ledger.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import { aFinding, anEvaluation, aPair, evaluations, large, xl } from '../../test/support/an-evaluation.ts';
import { nothingWaits } from '../../test/support/an-approval.ts';
import { withApp } from '../../test/support/with-app.ts';
import { beginCheck, beginGroupCheck } from './begin-check.ts';
import { approveButton, recheckButton, retryButton, type Check } from './check.ts';
import { brokenOffCheck, deadlineCheck, supersededCheck } from './check-notices.ts';
import { checkOf, groupCheckOf } from './evaluated-check.ts';
import { readLedger } from './known-check-runs.ts';

const github = withApp();

const create = 'POST /repos/{owner}/{repo}/check-runs';
const update = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';

const passing = aCheck({ conclusion: 'success', title: 'Passes' });

function aCheck(parts: Partial<Check> = {}): Check {
  const words = { title: 'Waiting for 1 approval', summary: 'It waits.\n', text: 'ledger' };
  return { conclusion: 'action_required', ...words, annotations: [], buttons: [approveButton], ...parts };
}

function remarks(count: number): Check['annotations'] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'run.yaml',
    line: 1,
    column: 1,
    level: 'warning' as const,
    title: 'scalegate: scale-jump',
    message: `remark ${index}`,
  }));
}

async function aPullRequest(head = 'feature') {
  const repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit(head, { 'run.yaml': 'a: 2\n' });
  return { repository, pullRequest: await repository.openPullRequest({ head }) };
}

type Target = Awaited<ReturnType<typeof aPullRequest>>['pullRequest'];

async function begin({ headSha, number }: Target, again = false) {
  const subject = { appId: github.app.id, number, headSha, again, clicks: [] };
  return beginCheck(await github.appClient(), github.name, subject);
}

async function publish(pullRequest: Target, check: Check, again = false) {
  return (await begin(pullRequest, again)).finish(check, { code: 'K7Q2M9XA' });
}

function writes(): string[] {
  return github.asked().filter((request) => request === create || request === update);
}

function runsOn(pullRequest: Target) {
  return pullRequest.repository.checkSuites
    .filter(({ headSha }) => headSha === pullRequest.headSha)
    .flatMap(({ runs }) => runs);
}

test('a new head is checked at once and completed later', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
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
  expect(writes()).toEqual([create, update]);
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
  await begin(pullRequest);
  await publish(pullRequest, passing);
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
});

test('a run that GitHub has deleted is made anew', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
  github.local.failNext({ method: 'PATCH', answer: 404 });
  await begun.finish(passing);
  expect(runsOn(pullRequest).at(-1)).toMatchObject({ status: 'completed', conclusion: 'success' });
});

test('a run that was broken off between its requests is not taken for finished', async () => {
  const { pullRequest } = await aPullRequest();
  const begun = await begin(pullRequest);
  github.local.failNext({ method: 'PATCH' });
  github.local.failNext({ method: 'PATCH', answer: 403 });
  await expect(begun.finish(aCheck({ annotations: remarks(60) }))).rejects.toThrow();
  expect(await publish(pullRequest, aCheck({ annotations: remarks(60) }))).toBe('published');
  expect(runsOn(pullRequest).at(-1)!.annotations).toHaveLength(60);
});

describe('remarks', () => {
  test('of 173 findings travel in four requests, none of them twice', async () => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, aCheck({ annotations: remarks(173) }));
    expect(writes()).toEqual([create, update, update, update, update]);
    const messages = runsOn(pullRequest)[0]!.annotations.map(({ message }) => message);
    expect(messages).toEqual(remarks(173).map(({ message }) => message));
    expect(await publish(pullRequest, aCheck({ annotations: remarks(173) }))).toBe('unchanged');
  });

  test('are capped, and the check says how many are left out', async () => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, aCheck({ annotations: remarks(1700) }));
    const [run] = runsOn(pullRequest);
    expect(run!.annotations).toHaveLength(500);
    expect(run!.summary).toContain('1,200 more remarks');
  });

  test('that GitHub refuses do not keep the conclusion back', async () => {
    const { pullRequest } = await aPullRequest();
    const refused = { ...remarks(1)[0]!, line: 0 };
    await publish(pullRequest, aCheck({ annotations: [refused] }));
    expect(runsOn(pullRequest)).toMatchObject([
      { conclusion: 'action_required', annotations: [], summary: 'It waits.\n', buttons: [approveButton] },
    ]);
  });
});

test('whatever GitHub refuses, the conclusion is sent in the end', async () => {
  const { pullRequest } = await aPullRequest();
  github.local.failNext({ method: 'PATCH', answer: 422, times: 3 });
  await publish(pullRequest, aCheck({ annotations: remarks(3) }));
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'action_required', buttons: [] }]);
});

test('a text that is too long is not even tried, and what is remembered stays', async () => {
  const { pullRequest } = await aPullRequest();
  await publish(pullRequest, aCheck({ summary: '😀'.repeat(40_000) }));
  expect(writes()).toEqual([create, update]);
  expect(runsOn(pullRequest)[0]).toMatchObject({ conclusion: 'action_required' });
  expect((await begin(pullRequest)).memory).toBe('ledger');
});

describe('memory', () => {
  test('goes from head to head, also over a forced push', async () => {
    const { pullRequest, repository } = await aPullRequest();
    await publish(pullRequest, aCheck());
    await repository.commit('feature', { 'run.yaml': 'a: 3\n' });
    expect((await begin(pullRequest)).memory).toBe('ledger');
    await repository.commit('feature', { 'run.yaml': 'a: 4\n' }, { from: 'main' });
    expect((await begin(pullRequest)).memory).toBe('ledger');
  });

  test('is that of the newest run, and that of this pull request', async () => {
    const { pullRequest, repository } = await aPullRequest();
    const other = await repository.openPullRequest({ head: 'feature', base: await release(repository) });
    await publish(pullRequest, aCheck({ text: 'first' }));
    await publish(pullRequest, aCheck({ text: 'second' }));
    await publish(other, aCheck({ text: 'of another' }));
    expect((await begin(pullRequest)).memory).toBe('second');
  });

  test('is never what another app wrote', async () => {
    const { pullRequest, repository } = await aPullRequest();
    const mallory = github.local.createApp({ slug: 'mallory', permissions: { checks: 'write' }, events: [] });
    const externalId = `scalegate/1 ${pullRequest.number} ${pullRequest.headSha} -`;
    const output = { title: 'Passes', summary: 'ok', text: 'forged' };
    const { suite } = repository.checkSuite(mallory, pullRequest.headSha);
    suite.createRun({ name: 'scalegate', external_id: externalId, conclusion: 'success', output });
    expect((await begin(pullRequest)).memory).toBe('');
  });

  test.each([
    ['a newer commit', supersededCheck('ledger')],
    ['a deadline', deadlineCheck(60, 'ledger')],
    ['a failure', brokenOffCheck('GitHub answered 502.', 'ledger')],
  ])('outlives %s', async (_what, check) => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, check);
    expect(runsOn(pullRequest)).toMatchObject([{ conclusion: 'failure', buttons: [retryButton] }]);
    expect((await begin(pullRequest)).memory).toBe('ledger');
  });
});

async function release(repository: Target['repository']): Promise<string> {
  await repository.commit('release', { 'other.yaml': 'b: 1\n' });
  return 'release';
}

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

const letsThrough: readonly string[] = ['success', 'neutral', 'skipped'];

function evaluated(evaluation: Evaluation, ledger: Ledger = emptyLedger) {
  return { evaluation, ledger, code: 'K7Q2M9XA' };
}

describe('the check of an evaluation', () => {
  test('carries the ledger to the next evaluation, and to that of a merge group', async () => {
    const { pullRequest } = await aPullRequest();
    const { headSha: commit, number } = pullRequest;
    const entry = {
      id: 'review 1',
      by: 'ada',
      isBot: false,
      how: 'review',
      at: '2026-11-23T12:00:00Z',
      shownAt: null,
      commit,
    } as const;
    const ledger: Ledger = { ...emptyLedger, entries: [{ ...entry, code: 'K7Q2M9XA', ignoredBecause: null }] };
    await publish(pullRequest, checkOf(evaluated(anEvaluation(), ledger)));
    expect(runsOn(pullRequest)[0]!.text).toContain('`ada`');
    expect((await begin(pullRequest)).ledger).toEqual(ledger);
    await publish(pullRequest, deadlineCheck(60, (await begin(pullRequest)).memory));
    expect(await readLedger(await github.appClient(), github.name, number, github.app.id)).toEqual(ledger);
  });

  test.each(Object.keys(evaluations))('%s concludes what its verdict says', (name) => {
    const evaluation = evaluations[name]!;
    const expected = { pass: 'success', waiting: 'action_required', fail: 'failure' }[evaluation.verdict];
    expect(checkOf(evaluated(evaluation)).conclusion).toBe(expected);
  });

  test('says so when no training config changed', () => {
    expect(checkOf(evaluated(anEvaluation()))).toMatchObject({
      conclusion: 'success',
      title: 'No training config changed',
      annotations: [],
      buttons: [],
    });
  });

  test('that does not pass never concludes what GitHub lets through', () => {
    const verdicts = fc.constantFrom('pass' as const, 'waiting' as const, 'fail' as const);
    const levels = fc.constantFrom('notice' as const, 'warning' as const, 'approval' as const, 'error' as const);
    fc.assert(
      fc.property(verdicts, fc.array(levels, { maxLength: 5 }), fc.nat(3), (verdict, found, needed) => {
        const findings = found.map((level) => aFinding({ level }));
        const approval = { ...nothingWaits, needed };
        const evaluation = anEvaluation({ verdict, findings, approval });
        const said = [checkOf(evaluated(evaluation)), groupCheckOf(evaluation)];
        return verdict === 'pass' || said.every(({ conclusion }) => !letsThrough.includes(conclusion));
      }),
    );
  });

  test('of thousands of configs with hostile names keeps within the limits', () => {
    const hostile = fc.constantFrom('@everyone ', '| <img> ', '`````', '😀', 'x'.repeat(300), '-->', '\n# ');
    const counts = fc.integer({ min: 1000, max: 5000 });
    fc.assert(
      fc.property(counts, fc.array(hostile, { minLength: 1, maxLength: 4 }), (count, parts) => {
        const name = parts.join('');
        const pairs = Array.from({ length: count }, (_, index) => aPair(`${name}${index}.yaml`, large, xl));
        const findings = pairs.map(({ path }) => aFinding({ path, message: name.repeat(50) }));
        const check = checkOf(evaluated(anEvaluation({ verdict: 'fail', pairs, findings })));
        expect(check.summary.length).toBeLessThanOrEqual(65_000);
        expect(check.title.length).toBeLessThanOrEqual(250);
        expect(check.annotations).toHaveLength(count);
      }),
      { numRuns: 5 },
    );
  });

  test.each([approveButton, recheckButton, retryButton])('its button $label fits', (button) => {
    expect(button.label.length).toBeLessThanOrEqual(20);
    expect(button.description.length).toBeLessThanOrEqual(40);
    expect(button.identifier.length).toBeLessThanOrEqual(20);
  });
});

test('a change of thousands of configs gets its conclusion', async () => {
  const { pullRequest } = await aPullRequest();
  const pairs = Array.from({ length: 3000 }, (_, index) => aPair(`configs/${index}.yaml`, large, xl));
  const findings = pairs.map(({ path }) => aFinding({ path }));
  await publish(pullRequest, checkOf(evaluated(anEvaluation({ verdict: 'fail', pairs, findings }))));
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(runsOn(pullRequest)[0]!.annotations).toHaveLength(500);
});
