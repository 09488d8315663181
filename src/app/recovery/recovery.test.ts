import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HookServer } from '../../../test/local-github/hook-server.ts';
import { jsonWebToken } from '../../../test/local-github/json-web-token.ts';
import { LocalGitHub } from '../../../test/local-github/local-github.ts';
import type { App } from '../../../test/local-github/state/app.ts';
import type { Installation } from '../../../test/local-github/state/installation.ts';
import type { Repository } from '../../../test/local-github/state/repository.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { someSettings } from '../../../test/support/some-settings.ts';
import { until } from '../../../test/support/until.ts';
import { createAnswerCache, type AnswerCache } from '../../github/answer-cache.ts';
import { createClient } from '../../github/client.ts';
import { readBase } from '../../github/basis.ts';
import { createContents } from '../../github/contents.ts';
import { encodeExternalId } from '../../github/external-id.ts';
import { createPause } from '../../github/patience.ts';
import { createClients, type Clients } from '../clients.ts';
import { createProbot } from '../probot.ts';
import type { Job, Queue } from '../queue/queue.ts';
import { CurrentBasis } from './current-basis.ts';
import { startRecovery } from './recovery.ts';
import { redeliverFailed } from './redeliver.ts';
import { sweep } from './sweep.ts';

const minute = 60_000;

let github: LocalGitHub;
let hooks: HookServer;
let app: App;
let installation: Installation;
let repository: Repository;
let warnings: string[];

const warn = (message: string) => warnings.push(message);

beforeEach(async () => {
  warnings = [];
  github = await LocalGitHub.start();
  hooks = await HookServer.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  app = github.createApp({
    slug: 'scalegate',
    permissions: { checks: 'write', contents: 'read', pull_requests: 'write' },
    events: ['pull_request'],
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

const clients: Clients = {
  app: () => createClient(jsonWebToken(app), github.url),
  installation: async (id) => {
    const { data } = await clients.app().request('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: id,
    });
    return createClient(data.token, github.url);
  },
};

/** Those of the running App, which ask for what they know conditionally. */
async function clientsThatRemember(answers: AnswerCache): Promise<Clients> {
  const settings = someSettings({ APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, GITHUB_API_URL: github.url });
  const pause = createPause();
  return createClients(await createProbot(settings), settings, { answers, pauseOf: () => pause });
}

describe('failed deliveries', () => {
  function redeliver(done: readonly string[] = [], afterMs = 2 * minute) {
    const now = new Date(Date.now() + afterMs);
    const since = new Date(now.getTime() - 3 * 24 * 60 * minute);
    const queue = { isDone: (id: string) => Promise.resolve(done.includes(id)) };
    return redeliverFailed({ client: clients.app(), queue, since, now, warn });
  }

  test('are sent again under their own ids, once each', async () => {
    hooks.status = 503;
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    pullRequest.close();
    await github.webhooks.quiet();
    const failed = hooks.received.map(({ headers }) => headers['x-github-delivery']);
    expect(failed).toHaveLength(2);

    hooks.status = 202;
    hooks.received.length = 0;
    expect(await redeliver()).toBe(2);
    await github.webhooks.quiet();
    expect(hooks.received.map(({ headers }) => headers['x-github-delivery']).sort()).toStrictEqual(failed.sort());
    expect(await redeliver([], 60 * minute)).toBe(0);
  });

  test('are let be where the work was done though the answer did not arrive', async () => {
    hooks.status = 503;
    await repository.openPullRequest({ head: 'feature' });
    await github.webhooks.quiet();
    expect(await redeliver([String(hooks.received[0]!.headers['x-github-delivery'])])).toBe(0);
  });

  test('one that GitHub does not send again does not keep the others', async () => {
    hooks.status = 503;
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    pullRequest.close();
    await github.webhooks.quiet();
    github.failNext({ method: 'POST', path: /attempts$/, answer: 422 });
    expect(await redeliver()).toBe(1);
    expect(warnings).toHaveLength(1);
  });
});

describe('the sweep', () => {
  function newMemory() {
    return { answers: createAnswerCache(1_000_000), currentBasis: new CurrentBasis() };
  }

  async function sweepOnce(options: { memory?: ReturnType<typeof newMemory>; now?: Date } = {}) {
    const jobs: Job[] = [];
    const queue: Pick<Queue, 'add'> = {
      add: (added) => {
        jobs.push(...added);
        return Promise.resolve();
      },
    };
    const { memory = newMemory(), now = new Date('2026-01-10T12:00:00Z') } = options;
    const { answers, currentBasis } = memory;
    const remembering = await clientsThatRemember(answers);
    const wanted = { clients: remembering, currentBasis, queue, appId: app.id, checkName: 'scalegate', now, warn };
    const count = await sweep(wanted);
    expect(count).toBe(jobs.length);
    return jobs;
  }

  async function postRun(
    headSha: string,
    pullRequest: number,
    deviation: { queued?: boolean; basis?: string | null } = {},
  ) {
    const client = await clients.installation(installation.id);
    const { queued = false, basis = await basisOf('main') } = deviation;
    await client.request('POST /repos/{owner}/{repo}/check-runs', {
      owner: 'acme',
      repo: 'train',
      name: 'scalegate',
      head_sha: headSha,
      external_id: encodeExternalId({ pullRequest, headSha, code: null, basis }),
      ...(queued ? { status: 'queued' as const } : { conclusion: 'success' as const }),
    });
  }

  async function basisOf(branch: string) {
    const client = await clients.installation(installation.id);
    const contents = createContents(client, [{ owner: 'acme', repo: 'train' }]);
    return (await readBase(contents.at(`refs/heads/${branch}`), branch)).basis;
  }

  test('looks at a pull request without a check, in the background', async () => {
    const { number } = await repository.openPullRequest({ head: 'feature' });
    const jobs = await sweepOnce();
    expect(jobs).toMatchObject([
      {
        key: `acme/train#${number}`,
        urgency: 'background',
        data: {
          kind: 'pull-request',
          installationId: installation.id,
          repository: { owner: 'acme', repo: 'train' },
          number,
        },
      },
    ]);
  });

  test('lets one be whose head has our completed check', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number);
    expect(await sweepOnce()).toStrictEqual([]);
  });

  test('looks at one whose check was never completed, is of another pull request, or of an older head', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number, { queued: true });
    await postRun(headSha, number + 1);
    expect(await sweepOnce()).toHaveLength(1);
    await postRun(headSha, number);
    await repository.commit('feature', { 'run.yaml': 'a: 3\n' });
    expect(await sweepOnce()).toHaveLength(1);
  });

  test('looks again where an older run passed, but the newest was left open', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number);
    await postRun(headSha, number, { queued: true });
    expect(await sweepOnce()).toHaveLength(1);
  });

  test.each(['.github/scalegate.yml', 'scaling-plan.md', '.github/CODEOWNERS'])(
    'looks again when %s changed at the base, once and not for ever',
    async (path) => {
      const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
      await postRun(headSha, number);
      const memory = newMemory();
      expect(await sweepOnce({ memory })).toStrictEqual([]);
      await repository.commit('main', { [path]: 'version: 1\n' });
      expect(await sweepOnce({ memory })).toHaveLength(1);
      await postRun(headSha, number);
      expect(await sweepOnce({ memory })).toStrictEqual([]);
    },
  );

  test('lets what was merged into the base since be, where it lays down nothing', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number);
    await repository.commit('main', { 'other.yaml': 'b: 1\n' });
    expect(await sweepOnce()).toStrictEqual([]);
  });

  test('looks again at what another version of scalegate said, and at what could not be evaluated', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number, { basis: '0123456789abcdef' });
    expect(await sweepOnce()).toHaveLength(1);
    await postRun(headSha, number, { basis: null });
    expect(await sweepOnce()).toHaveLength(1);
  });

  test('looks again at one that was moved to another base, though the event was lost', async () => {
    await repository.commit('release', { 'run.yaml': 'a: 1\n' });
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    await postRun(pullRequest.headSha, pullRequest.number);
    await pullRequest.retarget('release');
    expect(await sweepOnce()).toHaveLength(1);
  });

  test('adds the same job for an hour, whoever sweeps, and then another', async () => {
    await repository.openPullRequest({ head: 'feature' });
    const [first] = await sweepOnce({ now: new Date('2026-01-10T12:00:00Z') });
    const [second] = await sweepOnce({ now: new Date('2026-01-10T12:59:00Z') });
    const [third] = await sweepOnce({ now: new Date('2026-01-10T13:00:00Z') });
    expect(second!.id).toBe(first!.id);
    expect(third!.id).not.toBe(first!.id);
  });

  test('costs nothing of the limit while nothing changes', async () => {
    const { number, headSha } = await repository.openPullRequest({ head: 'feature' });
    await postRun(headSha, number);
    const memory = newMemory();
    await sweepOnce({ memory });
    const before = github.requests.length;
    await sweepOnce({ memory });
    const asked = github.requests.slice(before).filter(({ path }) => !path.endsWith('/access_tokens'));
    expect(asked.map(({ status }) => status)).toStrictEqual(asked.map(() => 304));
  });

  test('leaves archived repositories out', async () => {
    await repository.openPullRequest({ head: 'feature' });
    repository.archive();
    expect(await sweepOnce()).toStrictEqual([]);
  });

  test('goes on where one repository cannot be read', async () => {
    const other = await github.createRepository({ owner: 'acme', name: 'other' });
    await other.commit('main', { 'run.yaml': 'a: 1\n' });
    await other.commit('feature', { 'run.yaml': 'a: 2\n' });
    await repository.openPullRequest({ head: 'feature' });
    await other.openPullRequest({ head: 'feature' });
    github.failNext({ path: '/repos/{owner}/{repo}/pulls', answer: 404 });
    expect(await sweepOnce()).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });
});

test('the recovery begins at once, goes on every few minutes, and outlives what fails', async () => {
  const clock = new FakeClock();
  const added: Job[] = [];
  // What a recovery uses of a queue
  const queue = {
    add: (jobs: readonly Job[]) => {
      added.push(...jobs);
      return Promise.resolve();
    },
    isDone: () => Promise.resolve(false),
  } as unknown as Queue;
  github.failNext({ path: '/app/hook/deliveries', answer: 404 });
  await repository.openPullRequest({ head: 'feature' });
  const recovery = startRecovery({
    clients,
    queue,
    appId: app.id,
    checkName: 'scalegate',
    info: () => undefined,
    warn,
    clock,
  });
  await until('the sweep has found it', () => added.length === 1);
  await until('the first look has failed', () => warnings.length === 1);
  const looks = () => github.requests.filter(({ path }) => path.startsWith('/app/hook/deliveries')).length;
  expect(looks()).toBe(1);
  await until('the next look', async () => {
    await clock.advance(minute);
    return looks() > 1;
  });
  await recovery.stop();
});
