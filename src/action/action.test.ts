import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../test/local-github/state/pull-request.ts';
import type { Repository } from '../../test/local-github/state/repository.ts';
import { runStep, type Step } from '../../test/support/run-step.ts';
import { withGitHub } from '../../test/support/with-github.ts';
import { git } from '../workspace/git.ts';

const github = withGitHub();

/** A run that keeps every rule, of a size to choose. */
function config({ layers = 8, batch = 1 } = {}): string {
  return `scalegate: 1
name: baseline
model:
  hidden_size: 1024
  num_layers: ${layers}
  num_attention_heads: 16
  vocab_size: 32000
training:
  sequence_length: 2048
  micro_batch_size: ${batch}
  optimizer: adamw
  flash_attention: true
  tokens: 1e9
  checkpoint_every: 10%
  log: [loss, grad_norm, memory]
parallelism: { sharding: ddp }
hardware: { gpu: A100-80GB, count: 8 }
`;
}

const small = config();
const slightlyLarger = config({ layers: 9 });
const jump = config({ layers: 48 });
const biggerJump = config({ layers: 96 });
const tooLarge = config({ batch: 64 });

async function aPullRequest(head: Parameters<Repository['commit']>[1], base: Parameters<Repository['commit']>[1] = {}) {
  const repository = await github.repository({ 'configs/large.yaml': small, ...base });
  repository.grantRole('lead', 'maintain');
  await repository.commit('feature', head, { author: 'engineer' });
  const pullRequest = await repository.openPullRequest({ head: 'feature', author: 'engineer' });
  return { repository, pullRequest };
}

async function runOn(pullRequest: PullRequest, step: Partial<Step> = {}) {
  return runStep({
    apiUrl: github.local.url,
    token: github.jobToken(),
    eventName: 'pull_request',
    event: await github.local.pullRequestEvent(pullRequest),
    ...step,
  });
}

describe('a pull request', () => {
  test('whose cost rests on an old list price says so', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    const old = 'more than 180 days old: look it up again';
    expect((await runOn(pullRequest)).summary).not.toContain(old);
    expect((await runOn(pullRequest, { clock: Date.UTC(2027, 5, 1) / 1000 })).summary).toContain(old);
  });

  test('that changes little passes, with a comment, a summary, outputs and a report', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    const { exitCode, lines, summary, outputs, report } = await runOn(pullRequest);
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).not.toContain('::error');
    expect(lines.at(-1)).toMatch(/^scalegate: passes\./);
    expect(pullRequest.comments).toHaveLength(1);
    expect(pullRequest.comments[0]?.body).toContain('configs/large.yaml');
    expect(summary).toContain('configs/large.yaml');
    expect(outputs).toMatchObject({ verdict: 'pass', 'max-memory-gib': expect.stringMatching(/^[\d.]+$/) as unknown });
    expect(Number(outputs['gpu-hours'])).toBeGreaterThan(0);
    expect(Number(outputs['cost-usd'])).toBeGreaterThan(0);
    expect(report).toMatchObject({ verdict: 'pass' });
  });

  test('of one config takes seven requests for the first comment, and five when nothing is left to write', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    await runOn(pullRequest);
    // One of them lists the repository's files, among which may be configs that include the changed one
    expect(github.asked()).toHaveLength(7);
    await runOn(pullRequest);
    expect(github.asked()).toHaveLength(7 + 5);
  });

  test('of 250 configs takes requests by the hundred', async () => {
    const many = (text: string) =>
      Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`configs/${n}.yaml`, text]));
    const { pullRequest } = await aPullRequest(many(slightlyLarger), many(small));
    const { exitCode } = await runOn(pullRequest);
    expect(exitCode).toBe(0);
    expect(github.asked()).toHaveLength(7 + 5);
  });

  test('whose run does not fit the GPU fails, with the reason on its line', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': tooLarge });
    const { exitCode, lines } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^::error title=[^,]+,file=configs\/large\.yaml,line=\d+,col=\d+::Peak/),
    );
    expect(lines.at(-1)).toMatch(/^::error::scalegate: fails, 1 error/);
  });

  test('that touches no config says nothing', async () => {
    const { pullRequest } = await aPullRequest({ 'train.py': 'print()\n' });
    const { exitCode, outputs } = await runOn(pullRequest);
    expect(exitCode).toBe(0);
    expect(outputs['verdict']).toBe('pass');
    expect(pullRequest.comments).toEqual([]);
  });

  test('shows renamed, deleted and new configs', async () => {
    const base = { 'a.yaml': small, 'b.yaml': config({ layers: 7 }) };
    // Unlike enough for git not to take it for b.yaml under a new name
    const unrelated = `${'# A note.\n'.repeat(100)}${small}`;
    const head = { 'a.yaml': null, 'moved/a.yaml': slightlyLarger, 'b.yaml': null, 'c.yaml': unrelated };
    const { pullRequest } = await aPullRequest(head, base);
    const { report } = await runOn(pullRequest);
    const { configs } = report as { configs: { path: string; previous_path: string | null }[] };
    expect(configs.map(({ path, previous_path: previous }) => [path, previous]).toSorted()).toEqual([
      ['b.yaml', null],
      ['c.yaml', null],
      ['moved/a.yaml', 'a.yaml'],
    ]);
  });

  test.each([
    ['a symbolic link', { symlink: 'other.yaml' }],
    ['a submodule', { submodule: '1'.repeat(40) }],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'],
    ['too large', `${small}# ${'x'.repeat(500_000)}\n`],
  ])('whose config becomes %s fails: what cannot be seen is no pass', async (_, change) => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': change });
    const { exitCode, outputs } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(outputs['verdict']).toBe('fail');
  });

  test('cannot loosen its own policy', async () => {
    const off = 'scalegate_policy: 1\nrules:\n  memory-limit: off\n';
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': tooLarge, '.github/scalegate.yml': off });
    expect((await runOn(pullRequest)).exitCode).toBe(1);
  });

  test('is held against the policy that its base branch has now', async () => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': tooLarge });
    const off = 'scalegate_policy: 1\nrules:\n  memory-limit: off\n';
    await repository.commit('main', { '.github/scalegate.yml': off });
    expect((await runOn(pullRequest)).exitCode).toBe(0);
  });

  test('from a fork is read and judged, and its token may not comment: said once, and no failure', async () => {
    const repository = await github.repository({ 'configs/large.yaml': small });
    const fork = await repository.fork('mallory');
    await fork.commit('feature', { 'configs/large.yaml': slightlyLarger });
    const pullRequest = await repository.openPullRequest({
      head: { repository: fork, branch: 'feature' },
      author: 'mallory',
    });
    const token = github.jobToken({ contents: 'read', pull_requests: 'read' });
    const { exitCode, lines, summary } = await runOn(pullRequest, { token });
    expect(exitCode).toBe(0);
    expect(lines.filter((line) => line.startsWith('::notice::scalegate could not comment'))).toHaveLength(1);
    expect(summary).toContain('configs/large.yaml');
    expect(pullRequest.comments).toEqual([]);
  });

  test('from a fork that has been deleted is still read', async () => {
    const repository = await github.repository({ 'configs/large.yaml': small });
    const fork = await repository.fork('mallory');
    await fork.commit('feature', { 'configs/large.yaml': tooLarge });
    const pullRequest = await repository.openPullRequest({
      head: { repository: fork, branch: 'feature' },
      author: 'mallory',
    });
    github.local.deleteRepository(fork);
    const event = await github.local.pullRequestEvent(pullRequest);
    expect(event.pull_request.head.repo).toBeNull();
    expect((await runOn(pullRequest, { event })).exitCode).toBe(1);
  });

  test('is evaluated while GitHub has a bad day', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    github.local.failNext({
      path: '/repos/{owner}/{repo}/compare/{basehead}',
      answer: 'secondaryRateLimit',
      retryAfterSeconds: 1,
    });
    github.local.failNext({ path: '/graphql', answer: 502 });
    expect((await runOn(pullRequest)).exitCode).toBe(0);
    expect(pullRequest.comments).toHaveLength(1);
  });

  test('that cannot be read fails with one sentence that says why', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    const { exitCode, lines } = await runOn(pullRequest, { token: github.jobToken({ pull_requests: 'write' }) });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^::error::scalegate could not evaluate: GitHub answered/)]);
  });
});

describe('a jump in scale', () => {
  test('waits for a review, and says whose', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    const { exitCode, lines, outputs } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(outputs['verdict']).toBe('waiting');
    expect(lines.at(-1)).toMatch(/^::error::scalegate: waiting for 1 approval\..*maintain/);
  });

  test('passes once somebody who may has approved it', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    const { exitCode, report } = await runOn(pullRequest, { eventName: 'pull_request_review' });
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ verdict: 'pass', approval: { given: [{ by: 'lead', how: 'review' }] } });
  });

  test.each([
    ['its author', 'engineer', 'maintain'],
    ['somebody whose role does not suffice', 'visitor', 'read'],
    ['a bot', 'robot[bot]', 'admin'],
  ])('is not approved by %s', async (_, author, role) => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    repository.grantRole(author, role);
    pullRequest.review({ author, state: 'APPROVED' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('waits again when the approval is dismissed', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.dismissReview(pullRequest.review({ author: 'lead', state: 'APPROVED' }));
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('keeps its approval through a push that leaves it as it was', async () => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    await repository.commit('feature', { 'train.py': '' }, { author: 'engineer' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('pass');
  });

  test('needs a new approval when it grows after the review', async () => {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    await repository.commit('feature', { 'configs/large.yaml': biggerJump }, { author: 'engineer' });
    expect((await runOn(pullRequest)).outputs['verdict']).toBe('waiting');
  });

  test('does not fail the job where only errors should', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    expect((await runOn(pullRequest, { inputs: { 'fail-on': 'error' } })).exitCode).toBe(0);
    expect((await runOn(pullRequest, { inputs: { mode: 'report' } })).exitCode).toBe(0);
  });
});

describe('a merge queue', () => {
  async function aGroup() {
    const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': jump });
    const baseSha = await repository.tip('main');
    const headSha = await repository.merge('queue', 'refs/heads/feature');
    const event = {
      merge_group: {
        base_sha: baseSha,
        base_ref: 'refs/heads/main',
        head_sha: headSha,
        head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${baseSha}`,
      },
    };
    return { repository, pullRequest, step: { eventName: 'merge_group', event } };
  }

  test('merges what was approved on its pull request', async () => {
    const { pullRequest, step } = await aGroup();
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    expect((await runOn(pullRequest, step)).exitCode).toBe(0);
    expect(pullRequest.comments).toEqual([]);
  });

  test('does not merge what nobody approved', async () => {
    const { pullRequest, step } = await aGroup();
    expect((await runOn(pullRequest, step)).outputs['verdict']).toBe('waiting');
  });

  test('does not merge more than was approved', async () => {
    const { repository, pullRequest, step } = await aGroup();
    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    const headSha = await repository.commit('queue', { 'configs/large.yaml': biggerJump });
    const event = { merge_group: { ...step.event.merge_group, head_sha: headSha } };
    expect((await runOn(pullRequest, { ...step, event })).outputs['verdict']).toBe('waiting');
  });
});

describe('other events', () => {
  test('a push reports on every config of the repository, without a comment', async () => {
    const repository = await github.repository({ 'a.yaml': small, 'b.yaml': jump });
    const step = { apiUrl: github.local.url, token: github.jobToken({ contents: 'read' }), event: {} };
    const { exitCode, summary } = await runStep({ ...step, eventName: 'push', sha: await repository.tip('main') });
    expect(exitCode).toBe(0);
    expect(summary).toContain('a.yaml');
    expect(summary).toContain('b.yaml');
  });

  test('a push to a repository without configs says that there are none', async () => {
    const repository = await github.repository();
    const step = { apiUrl: github.local.url, token: github.jobToken({ contents: 'read' }), event: {} };
    const result = await runStep({ ...step, eventName: 'workflow_dispatch', sha: await repository.tip('main') });
    expect(result.exitCode).toBe(0);
    expect(result.summary).toContain('no training configs');
  });

  test('pull_request_target is evaluated over the API', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    expect((await runOn(pullRequest, { eventName: 'pull_request_target' })).exitCode).toBe(0);
  });

  test.each(['its head', 'the merge commit of it'])(
    'pull_request_target is refused where the job has checked out %s',
    async (what) => {
      const { repository, pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
      const commit = what === 'its head' ? pullRequest.headSha : await repository.merge('merged', 'refs/heads/feature');
      const workspace = await mkdtemp(join(tmpdir(), 'scalegate-checkout-'));
      await git(workspace, ['clone', '--quiet', repository.path, '.']);
      await git(workspace, ['checkout', '--quiet', commit]);
      const { exitCode, lines } = await runOn(pullRequest, { eventName: 'pull_request_target', workspace });
      await rm(workspace, { recursive: true });
      expect(exitCode).toBe(1);
      expect(lines).toEqual([expect.stringContaining('has checked out the pull request')]);
    },
  );

  test('an event that says nothing about a change is refused, with those that do', async () => {
    const { pullRequest } = await aPullRequest({});
    const { exitCode, lines } = await runOn(pullRequest, { eventName: 'issue_comment' });
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain(
      'it works on pull_request, pull_request_review, merge_group, push and workflow_dispatch',
    );
  });
});

test('mistakes in the inputs are named all at once', async () => {
  const { pullRequest } = await aPullRequest({});
  const { exitCode, lines } = await runOn(pullRequest, { inputs: { comment: 'maybe', 'fail-on': 'sometimes' } });
  expect(exitCode).toBe(1);
  expect(lines[0]).toContain('input "comment": expected true or false');
  expect(lines[0]).toContain('input "fail-on"');
});

test('no comment is written where the workflow wants none', async () => {
  const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
  await runOn(pullRequest, { inputs: { comment: 'false' } });
  expect(pullRequest.comments).toEqual([]);
  expect(github.asked()).toHaveLength(4);
});
