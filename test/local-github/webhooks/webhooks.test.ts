import { createHmac } from 'node:crypto';

import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { HookServer, type ReceivedDelivery } from '../hook-server.ts';
import { jsonWebToken } from '../json-web-token.ts';
import { LocalGitHub } from '../local-github.ts';
import type { App } from '../state/app.ts';
import type { Installation } from '../state/installation.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let hooks: HookServer;
let app: App;
let installation: Installation;
let repository: Repository;

beforeEach(async () => {
  github = await LocalGitHub.start();
  hooks = await HookServer.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  app = github.createApp({
    slug: 'scalegate',
    permissions: { checks: 'write', contents: 'read', issues: 'write', merge_queues: 'read', pull_requests: 'write' },
    events: ['issue_comment', 'merge_group', 'pull_request', 'pull_request_review', 'push', 'repository'],
  });
  app.deliverTo(hooks.url);
  installation = app.install({ account: 'acme' });
  await github.webhooks.quiet();
  hooks.received.length = 0;
});

afterEach(async () => {
  await github.webhooks.quiet();
  expect(github.violations).toEqual([]);
  await hooks.close();
  await github.close();
});

/** In the order in which they were sent, which GUIDs have here: over two connections the later one may arrive first. */
async function eventsOf(happen: () => unknown): Promise<string[]> {
  await github.webhooks.quiet();
  hooks.received.length = 0;
  await happen();
  await github.webhooks.quiet();
  const guid = ({ headers }: ReceivedDelivery) => String(headers['x-github-delivery']);
  hooks.received.sort((one, other) => guid(one).localeCompare(guid(other)));
  return hooks.events;
}

function asApp(method: string, path: string): Promise<Reply> {
  return ask(github, jsonWebToken(app))(method, path);
}

test('a delivery is signed, named and numbered as GitHub does it', async () => {
  await repository.openPullRequest({ head: 'feature' });
  await github.webhooks.quiet();
  const { body, headers } = hooks.received.find(({ event }) => event === 'pull_request')!;
  const signature = createHmac('sha256', app.webhookSecret).update(body).digest('hex');
  expect(headers).toMatchObject({
    'x-github-event': 'pull_request',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
    'x-hub-signature-256': `sha256=${signature}`,
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
  });
});

test('each step of a pull request is told', async () => {
  const events: string[] = [];
  const tell = async (happen: () => unknown) => events.push(...(await eventsOf(happen)));
  await tell(() => repository.openPullRequest({ head: 'feature', draft: true }));
  const pullRequest = repository.findPullRequest(1)!;
  await tell(() => {
    pullRequest.markReady();
  });
  await tell(() => {
    pullRequest.convertToDraft();
  });
  await tell(() => {
    pullRequest.retitle('Another');
  });
  await repository.commit('release', {});
  await tell(() => pullRequest.retarget('release'));
  expect(hooks.received[0]!.payload).toMatchObject({ changes: { base: { ref: { from: 'main' } } } });
  await tell(() => {
    pullRequest.close();
  });
  await tell(() => pullRequest.reopen());
  expect(events).toEqual(
    ['opened', 'ready_for_review', 'converted_to_draft', 'edited', 'edited', 'closed', 'reopened'].map(
      (action) => `pull_request.${action}`,
    ),
  );
  expect(await eventsOf(() => repository.commit('feature', { 'run.yaml': 'a: 3\n' }))).toEqual([
    'push',
    'check_suite.requested',
    'pull_request.synchronize',
  ]);
  const merged = await eventsOf(() => pullRequest.mergeInto('lead'));
  expect(merged).toEqual(['push', 'check_suite.requested', 'pull_request.closed']);
  expect(hooks.received.at(-1)!.payload).toMatchObject({ pull_request: { merged: true }, sender: { login: 'lead' } });
});

test('reviews and comments are told, with who did it and what was there before', async () => {
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const review = pullRequest.review({ author: 'ada', state: 'APPROVED' });
  const comment = pullRequest.comment('ada', 'first');
  const happen = () => {
    pullRequest.edit(review, 'ada', 'words');
    pullRequest.dismissReview(review, 'lead');
    pullRequest.edit(comment, 'eve', 'second');
    pullRequest.deleteComment(comment, 'lead');
  };
  await github.webhooks.quiet();
  expect(hooks.events.slice(-2)).toEqual(['pull_request_review.submitted', 'issue_comment.created']);
  expect(hooks.received.at(-2)!.payload).toMatchObject({ review: { state: 'approved' } });
  expect(await eventsOf(happen)).toEqual([
    'pull_request_review.edited',
    'pull_request_review.dismissed',
    'issue_comment.edited',
    'issue_comment.deleted',
  ]);
  expect(hooks.received[2]!.payload).toMatchObject({
    changes: { body: { from: 'first' } },
    comment: { user: { login: 'ada' }, body: 'second' },
    sender: { login: 'eve' },
  });
});

test('a check run tells its App of buttons and re-runs, and shows no pull request of a fork', async () => {
  const fork = await repository.fork('mallory');
  const forkHead = await fork.commit('jump', { 'run.yaml': 'a: 9\n' });
  await repository.openPullRequest({ head: { repository: fork, branch: 'jump' } });
  const own = await repository.openPullRequest({ head: 'feature' });
  const buttons = [{ label: 'Approve', description: 'Approve', identifier: 'approve' }];
  const complete = { name: 'scalegate', conclusion: 'action_required', actions: buttons } as const;
  const ofFork = repository.checkSuite(app, forkHead).suite.createRun(complete);
  const ofOwn = repository.checkSuite(app, own.headSha).suite.createRun(complete);
  const events = await eventsOf(() => {
    ofFork.press('approve', 'lead');
    ofOwn.rerequest('lead');
    ofOwn.suite.rerequest(app.bot);
  });
  expect(events).toEqual(['check_run.requested_action', 'check_run.rerequested', 'check_suite.rerequested']);
  expect(hooks.received[0]!.payload).toMatchObject({
    requested_action: { identifier: 'approve' },
    check_run: { pull_requests: [], check_suite: { head_branch: null } },
    sender: { login: 'lead' },
  });
  expect(hooks.received[1]!.payload).toMatchObject({ check_run: { pull_requests: [{ number: 2 }] } });
  expect(() => {
    ofOwn.press('reject', 'lead');
  }).toThrow('no button reject');
});

test('no check suite is requested for a commit that says so', async () => {
  const commit = () => repository.commit('feature', {}, { message: 'Words\n\n\nskip-checks: true' });
  expect(await eventsOf(commit)).toEqual(['push']);
});

test('a merge queue tries pull requests together on a branch of its own', async () => {
  const first = await repository.openPullRequest({ head: 'feature' });
  await repository.commit('other', { 'other.yaml': 'b: 1\n' });
  const second = await repository.openPullRequest({ head: 'other' });
  const base = await repository.tip('main');
  const events = await eventsOf(() => repository.enqueue([first, second]));
  expect(events.at(-1)).toBe('merge_group.checks_requested');
  const headRef = `refs/heads/gh-readonly-queue/main/pr-2-${base}`;
  expect(hooks.received.at(-1)!.payload).toMatchObject({
    merge_group: { base_sha: base, base_ref: 'refs/heads/main', head_ref: headRef },
  });
  const group = await repository.enqueue([first, second]);
  const paths = [...(await repository.git.tree(group.headSha)).keys()];
  expect(paths).toEqual(['other.yaml', 'run.yaml']);
  expect(await eventsOf(() => group.merge())).toEqual([
    'push',
    'pull_request.closed',
    'pull_request.closed',
    'merge_group.destroyed',
    'push',
  ]);
  expect(await repository.tip('main')).toBe(group.headSha);
  expect(hooks.received.find(({ event }) => event === 'merge_group')!.payload).toMatchObject({ reason: 'merged' });
});

test('an App is told of its installations and repositories', async () => {
  const events = await eventsOf(async () => {
    app.ping();
    installation.suspend('owner');
    installation.unsuspend('owner');
    installation.acceptPermissions('owner');
    installation.removeRepositories([repository], 'owner');
    installation.addRepositories([repository], 'owner');
    repository.rename('training');
    await repository.commit('next', {});
    repository.changeDefaultBranch('next');
    repository.archive();
    repository.unarchive();
    installation.delete('owner');
  });
  expect(events).toEqual([
    'ping',
    'installation.suspend',
    'installation.unsuspend',
    'installation.new_permissions_accepted',
    'installation_repositories.removed',
    'installation_repositories.added',
    'repository.renamed',
    'push',
    'check_suite.requested',
    'repository.edited',
    'repository.archived',
    'repository.unarchived',
    'installation.deleted',
  ]);
});

test('nothing is told that was not subscribed to, permitted, or of a repository that is not installed', async () => {
  const quiet = github.createApp({
    slug: 'quiet',
    permissions: { contents: 'read' },
    events: ['pull_request', 'push'],
  });
  quiet.install({ account: 'acme' });
  installation.removeRepositories([repository]);
  expect(await eventsOf(() => repository.openPullRequest({ head: 'feature' }))).toEqual([]);
  await repository.commit('feature', {});
  await github.webhooks.quiet();
  expect(quiet.deliveries.map(({ event }) => event)).toEqual(['installation', 'push']);
});

test('what failed is listed with its reason, newest first, and sent again under the same GUID', async () => {
  hooks.status = 500;
  await repository.openPullRequest({ head: 'feature' });
  await github.webhooks.quiet();
  app.deliverTo(null);
  repository.archive();
  await github.webhooks.quiet();
  const failed = await asApp('GET', '/app/hook/deliveries?status=failure');
  expect(failed.body).toMatchObject([
    { event: 'repository', status: 'failed to connect to host', status_code: 0 },
    { event: 'pull_request', action: 'opened', status: 'Invalid HTTP Response: 500', status_code: 500 },
  ]);
  hooks.status = 202;
  app.deliverTo(hooks.url);
  const attempts = `/app/hook/deliveries/${String(failed.at('1.id'))}/attempts`;
  expect((await asApp('POST', attempts)).status).toBe(202);
  await github.webhooks.quiet();
  const listed = await asApp('GET', '/app/hook/deliveries?per_page=1');
  expect(listed.body).toMatchObject([{ redelivery: true, guid: failed.at('1.guid'), status: 'OK', status_code: 202 }]);
  const next = /cursor=([^>&]+)/.exec(listed.headers.get('link')!)![1]!;
  expect((await asApp('GET', `/app/hook/deliveries?per_page=1&cursor=${next}`)).at('0.event')).toBe('repository');
  const one = await asApp('GET', `/app/hook/deliveries/${String(listed.at('0.id'))}`);
  expect(one.body).toMatchObject({
    request: { headers: { 'x-github-event': 'pull_request' }, payload: { action: 'opened' } },
    response: { payload: '{}' },
  });
});

test('who takes too long has not got it', async () => {
  github.webhooks.timeoutMs = 20;
  hooks.delayMs = 200;
  repository.archive();
  await github.webhooks.quiet();
  expect(app.deliveries.at(-1)!.attempt).toMatchObject({ status: 'timed out', statusCode: 0 });
});

test('deliveries can be held back and sent reordered, doubled or not at all', async () => {
  github.webhooks.hold();
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  pullRequest.comment('ada', 'lost');
  pullRequest.close();
  expect(hooks.events).toEqual([]);
  await github.webhooks.release(([opened, , closed]) => [closed!, opened!, closed!]);
  expect(hooks.events).toEqual(['pull_request.closed', 'pull_request.opened', 'pull_request.closed']);
  expect(hooks.received[0]!.headers['x-github-delivery']).toBe(hooks.received[2]!.headers['x-github-delivery']);
  expect(app.deliveries.find(({ event }) => event === 'issue_comment')!.attempt!.statusCode).toBe(0);
});

test("payloads name what GitHub's own examples name", async () => {
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const comment = pullRequest.comment('ada', 'words');
  pullRequest.edit(comment, 'eve', 'more');
  const run = repository.checkSuite(app, pullRequest.headSha).suite.createRun({ name: 'scalegate' });
  run.rerequest('ada');
  await github.webhooks.quiet();
  const told = hooks.received.filter(({ event }) => ['pull_request', 'issue_comment', 'check_run'].includes(event));
  expect(told).toHaveLength(5);
  for (const { event, payload } of told) {
    const example = exampleOf(event, String(payload['action']));
    expect(missingIn(payload, example), `${event}.${String(payload['action'])}`).toEqual([]);
  }
});

function exampleOf(event: string, action: string): unknown {
  // The package describes a module, and ships a list
  const published = examples as unknown as readonly { name: string; examples: readonly object[] }[];
  const { examples: payloads } = published.find(({ name }) => name === event)!;
  return payloads.find((payload) => 'action' in payload && payload.action === action);
}

/** Keys of the example, however deep, that the payload lacks; what is null or a list is not looked into. */
function missingIn(payload: unknown, example: unknown, path = ''): string[] {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return [];
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(example).flatMap(([key, value]) => {
    // An App's own, and what only a deployment has
    if (key === 'permissions' || key === 'deployment') return [];
    if (!(key in payload)) return [`${path}${key}`];
    return missingIn((payload as Readonly<Record<string, unknown>>)[key], value, `${path}${key}.`);
  });
}
