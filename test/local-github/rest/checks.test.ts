import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { jsonWebToken } from '../json-web-token.ts';
import { LocalGitHub } from '../local-github.ts';
import type { App } from '../state/app.ts';
import type { Repository } from '../state/repository.ts';

const checkRuns = '/repos/acme/train/check-runs';
const output = { title: 'Waits', summary: 'for approval' };

let github: LocalGitHub;
let repository: Repository;
let headSha: string;
let asScalegate: (method: string, path: string, body?: unknown) => Promise<Reply>;
let asOther: typeof asScalegate;
let app: App;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  headSha = await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  app = github.createApp({ slug: 'scalegate', permissions: { checks: 'write' }, events: [] });
  asScalegate = await asInstalled(app);
  asOther = await asInstalled(github.createApp({ slug: 'other', permissions: { checks: 'write' }, events: [] }));
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

async function asInstalled(installed: App) {
  const { id } = installed.install({ account: 'acme' });
  const { at } = await ask(github, jsonWebToken(installed))('POST', `/app/installations/${id}/access_tokens`);
  return ask(github, String(at('token')));
}

async function create(fields: object = {}): Promise<Reply> {
  return asScalegate('POST', checkRuns, { name: 'scalegate', head_sha: headSha, ...fields });
}

async function update(id: unknown, fields: object): Promise<Reply> {
  return asScalegate('PATCH', `${checkRuns}/${String(id)}`, fields);
}

function annotations(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => ({
    path: 'run.yaml',
    start_line: 1,
    end_line: 1,
    annotation_level: 'warning',
    message: `finding ${from + index}`,
  }));
}

test('a run is queued, completed and read', async () => {
  const created = await create({ external_id: 'pr-1' });
  expect(created).toMatchObject({ status: 201, body: { status: 'queued', conclusion: null, app: { id: app.id } } });
  const completed = await update(created.at('id'), { conclusion: 'action_required', output });
  expect(completed.body).toMatchObject({ status: 'completed', conclusion: 'action_required', external_id: 'pr-1' });
  const read = await asScalegate('GET', `${checkRuns}/${String(created.at('id'))}`);
  expect(read.body).toEqual(completed.body);
});

test('annotations are added to those that are there, 50 at a time', async () => {
  const { at } = await create({ output: { ...output, annotations: annotations(50) } });
  await update(at('id'), { output: { ...output, annotations: annotations(5, 50) } });
  const listed = await asScalegate('GET', `${checkRuns}/${String(at('id'))}/annotations?per_page=100`);
  expect(listed.body).toHaveLength(55);
  expect((await update(at('id'), { output: { ...output, annotations: annotations(51) } })).status).toBe(422);
});

const action = { label: 'Approve jump', description: 'Approve what is shown', identifier: 'approve' };
test.each([
  ['a commit that is not there', { head_sha: '1'.repeat(40) }],
  ['part of an id', { head_sha: 'main' }],
  ['a completed run without a conclusion', { status: 'completed' }],
  ['a conclusion that only GitHub gives', { conclusion: 'stale' }],
  ['a summary of 65,536 characters', { output: { title: 'a', summary: 'x'.repeat(65_536) } }],
  ['65,536 UTF-16 units in fewer characters', { output: { title: 'a', summary: '😀'.repeat(32_768) } }],
  ['a text of 65,536 characters', { output: { ...output, text: 'x'.repeat(65_536) } }],
  ['four buttons', { actions: [action, action, action, action] }],
  ['a label of 21 characters', { actions: [{ ...action, label: 'x'.repeat(21) }] }],
  ['a description of 41 characters', { actions: [{ ...action, description: 'x'.repeat(41) }] }],
  ['an identifier of 21 characters', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }],
  [
    'an annotation before the first line',
    { output: { ...output, annotations: [{ ...annotations(1)[0], start_line: 0 }] } },
  ],
  [
    'columns over several lines',
    { output: { ...output, annotations: [{ ...annotations(1)[0], end_line: 2, start_column: 1 }] } },
  ],
])('%s is refused', async (_what, fields) => {
  const { at, status } = await create(fields);
  expect(status).toBe(422);
  expect(at('message')).toEqual(expect.any(String));
});

test('what is within the limits is taken', async () => {
  const longest = { title: 'a', summary: 'x'.repeat(65_535), text: 'x'.repeat(65_535) };
  expect((await create({ output: longest, actions: [action, action, action] })).status).toBe(201);
});

test('only the App that made a run may change it', async () => {
  const { at } = await create();
  const changed = await asOther('PATCH', `${checkRuns}/${String(at('id'))}`, { conclusion: 'success' });
  expect(changed).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('Invalid app_id') as string },
  });
});

test('a token that belongs to no App makes no run, whatever it may otherwise', async () => {
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { checks: 'write' } });
  expect((await ask(github, token)('POST', checkRuns, { name: 'a', head_sha: headSha })).status).toBe(403);
});

test('a completed run that is set back loses its conclusion', async () => {
  const { at } = await create({ conclusion: 'success' });
  expect((await update(at('id'), { status: 'in_progress' })).body).toMatchObject({
    conclusion: null,
    completed_at: null,
  });
});

describe('the runs of a commit', () => {
  test('are the newest of each name and App, or all of them', async () => {
    const head = await repository.commit('listed', { 'run.yaml': 'a: 2\n' });
    const oldest = await create({ head_sha: head });
    const newest = await create({ head_sha: head });
    await asOther('POST', checkRuns, { name: 'scalegate', head_sha: head });
    const list = (query: string) => asScalegate('GET', `/repos/acme/train/commits/${head}/check-runs?${query}`);
    expect((await list('')).at('total_count')).toBe(2);
    const ours = await list(`app_id=${app.id}&check_name=scalegate`);
    expect(ours.body).toMatchObject({ total_count: 1, check_runs: [{ id: newest.at('id') }] });
    const all = await list(`app_id=${app.id}&filter=all`);
    expect(all.body).toMatchObject({ check_runs: [{ id: newest.at('id') }, { id: oldest.at('id') }] });
  });

  test('of one name are a thousand at most: older ones are deleted', async () => {
    const head = await repository.commit('many', { 'run.yaml': 'a: 3\n' });
    const { suite } = repository.checkSuite(app, head);
    const [first] = Array.from({ length: 1001 }, () => suite.createRun({ name: 'scalegate' }));
    expect(suite.runs).toHaveLength(1000);
    expect((await asScalegate('GET', `${checkRuns}/${String(first!.id)}`)).status).toBe(404);
  });
});

test('asking for a run again queues its suite and leaves the run as it is', async () => {
  const head = await repository.commit('again', { 'run.yaml': 'a: 4\n' });
  const { at } = await create({ head_sha: head, conclusion: 'success' });
  const suite = `/repos/acme/train/check-suites/${String(at('check_suite.id'))}`;
  expect((await asScalegate('GET', suite)).body).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect((await asScalegate('POST', `${checkRuns}/${String(at('id'))}/rerequest`)).status).toBe(201);
  expect((await asScalegate('GET', suite)).body).toMatchObject({ status: 'queued', conclusion: null });
  expect((await asScalegate('GET', `${checkRuns}/${String(at('id'))}`)).at('conclusion')).toBe('success');
});

test('the runs of a head that was pushed away are found through the timeline of the pull request', async () => {
  const before = await repository.commit('feature', { 'run.yaml': 'a: 5\n' });
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  await create({
    head_sha: before,
    conclusion: 'success',
    external_id: 'first',
    output: { ...output, text: 'ledger' },
  });
  const after = await repository.commit('feature', { 'run.yaml': 'a: 6\n' }, { from: 'main' });
  const query = `{ repository(owner: "acme", name: "train") { pullRequest(number: ${pullRequest.number}) {
    timelineItems(last: 10, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) { nodes { ... on HeadRefForcePushedEvent {
      afterCommit { oid }
      beforeCommit { oid history(first: 1) { nodes { oid } } checkSuites(first: 1, filterBy: { appId: ${app.id} }) { nodes {
        app { databaseId }
        checkRuns(first: 1, filterBy: { checkType: ALL }) { nodes { externalId text conclusion } } } } }
    } } }
  } } }`;
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { checks: 'read', pull_requests: 'read' } });
  const { at } = await ask(github, token)('POST', '/graphql', { query });
  const event = 'data.repository.pullRequest.timelineItems.nodes.0';
  expect([at(`${event}.beforeCommit.oid`), at(`${event}.afterCommit.oid`)]).toEqual([before, after]);
  expect(at(`${event}.beforeCommit.history.nodes.0.oid`)).toBe(before);
  expect(at(`${event}.beforeCommit.checkSuites.nodes.0.checkRuns.nodes`)).toEqual([
    { externalId: 'first', text: 'ledger', conclusion: 'SUCCESS' },
  ]);
});
