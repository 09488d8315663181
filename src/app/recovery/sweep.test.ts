import { beforeEach, describe, expect, test } from 'vitest';
import type { Repository } from '../../../test/local-github/state/repository.ts';
import { appClients } from '../../../test/support/app-clients.ts';
import { withApp } from '../../../test/support/with-app.ts';
import { createAnswerCache } from '../../github/http/answer-cache.ts';
import { readBase } from '../../github/reading/basis.ts';
import { createContents } from '../../github/reading/contents.ts';
import { encodeExternalId } from '../../github/checks/external-id.ts';
import type { Job, Queue } from '../queue/queue.ts';
import { CurrentBasis } from './current-basis.ts';
import { sweep } from './sweep.ts';

const github = withApp();
let repository: Repository;
let warnings: string[];

const warn = (message: string) => warnings.push(message);

beforeEach(async () => {
  warnings = [];
  repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
});

describe('the sweep', () => {
  function newMemory() {
    return { answers: createAnswerCache(1_000_000), currentBasis: new CurrentBasis() };
  }

  async function sweepOnce(options: { memory?: ReturnType<typeof newMemory>; now?: Date; round?: string } = {}) {
    const jobs: Job[] = [];
    const queue: Pick<Queue, 'add'> = {
      add: (added) => {
        jobs.push(...added);
        return Promise.resolve();
      },
    };
    const { memory = newMemory(), now = new Date('2026-01-10T12:00:00Z'), round = 'first' } = options;
    const { answers, currentBasis } = memory;
    const clients = await appClients(github, { answers });
    const wanted = {
      clients,
      currentBasis,
      queue,
      appId: github.app.id,
      checkName: 'scalegate',
      now,
      round,
      warn,
    };
    const count = await sweep(wanted);
    expect(count).toBe(jobs.length);
    return jobs;
  }

  async function postRun(
    headSha: string,
    pullRequest: number,
    deviation: { queued?: boolean; basis?: string | null; code?: string } = {},
  ) {
    const client = await github.appClient();
    const { queued = false, basis = await basisOf('main'), code = null } = deviation;
    await client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...github.name,
      name: 'scalegate',
      head_sha: headSha,
      external_id: encodeExternalId({ pullRequest, headSha, code, basis }),
      ...(queued ? { status: 'queued' as const } : { conclusion: 'success' as const }),
    });
  }

  async function basisOf(branch: string) {
    const client = await github.appClient();
    const contents = createContents(client, [github.name]);
    return (await readBase(contents.at(`refs/heads/${branch}`), branch)).basis;
  }

  test('looks at a pull request without a check, in the background', async () => {
    const { number } = await repository.openPullRequest({ head: 'feature' });
    const jobs = await sweepOnce();
    expect(jobs).toMatchObject([
      {
        key: `acme/training#${number}`,
        urgency: 'background',
        data: {
          kind: 'pull-request',
          installationId: github.installation.id,
          repository: github.name,
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

  test('looks again at one whose approvals may have fallen, once a round and an hour, and when it changed', async () => {
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    await postRun(pullRequest.headSha, pullRequest.number, { code: 'K7Q2M9XA' });
    const ids = async (round: string, hour = 12) => {
      const now = new Date(`2026-01-10T${hour}:00:00Z`);
      return (await sweepOnce({ now, round })).map(({ id }) => id).join();
    };
    const first = await ids('first');
    expect(first).not.toBe('');
    expect(await ids('first')).toBe(first);
    expect(await ids('after a restart')).not.toBe(first);
    expect(await ids('first', 13)).not.toBe(first);
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    expect(await ids('first')).not.toBe(first);
  });

  test('looks at a merge group without a check, of which the event was lost', async () => {
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    await postRun(pullRequest.headSha, pullRequest.number);
    const { headRef, headSha } = await repository.enqueue([pullRequest]);
    const group = { baseRef: 'main', baseSha: null, headSha, headRef: headRef.replace('refs/heads/', '') };
    expect(await sweepOnce()).toMatchObject([{ urgency: 'now', data: { kind: 'merge-group', group } }]);
    await postRun(headSha, 1);
    expect(await sweepOnce()).toStrictEqual([]);
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
    const before = github.local.requests.length;
    await sweepOnce({ memory });
    const asked = github.local.requests.slice(before).filter(({ path }) => !path.endsWith('/access_tokens'));
    expect(asked.map(({ status }) => status)).toStrictEqual(asked.map(() => 304));
  });

  test('leaves archived repositories out', async () => {
    await repository.openPullRequest({ head: 'feature' });
    repository.archive();
    expect(await sweepOnce()).toStrictEqual([]);
  });

  test('goes on where one repository cannot be read', async () => {
    const other = await github.local.createRepository({ owner: 'acme', name: 'other' });
    await other.commit('main', { 'run.yaml': 'a: 1\n' });
    await other.commit('feature', { 'run.yaml': 'a: 2\n' });
    await repository.openPullRequest({ head: 'feature' });
    await other.openPullRequest({ head: 'feature' });
    github.local.failNext({ path: '/repos/{owner}/{repo}/pulls', answer: 404 });
    expect(await sweepOnce()).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });
});
