import { describe, expect, test } from 'vitest';
import { config, slightlyLarger, small, strict, tooLarge } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { github, aPullRequest, runOn } = withAction();
const policyPath = '.github/scalegate.yml';

describe('a pull request', () => {
  test('whose cost rests on an old list price says so', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    const old = 'more than 180 days old: look it up again';
    expect((await runOn(pullRequest)).summary).not.toContain(old);
    expect((await runOn(pullRequest, { clock: Date.UTC(2027, 5, 1) / 1000 })).summary).toContain(old);
  });

  test('that changes little passes, with a comment, a summary, outputs and a report', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': slightlyLarger });
    const { exitCode, lines, summary, outputs, report, page } = await runOn(pullRequest);
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).not.toContain('::error');
    expect(lines.at(-1)).toMatch(/^scalegate passes: fits/);
    expect(pullRequest.comments).toHaveLength(1);
    expect(pullRequest.comments[0]?.body).toContain('configs/large.yaml');
    expect(summary).toContain('configs/large.yaml');
    expect(outputs).toMatchObject({ verdict: 'pass', 'max-memory-gib': expect.stringMatching(/^[\d.]+$/) as unknown });
    expect(Number(outputs['gpu-hours'])).toBeGreaterThan(0);
    expect(Number(outputs['cost-usd'])).toBeGreaterThan(0);
    expect(report).toMatchObject({ verdict: 'pass' });
    expect(page).toContain('<title>scalegate passes: fits');
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
    // Of the seven, the one that reads both versions of a config is five here
    expect(github.asked()).toHaveLength(6 + 5);
  });

  test('whose run does not fit the GPU fails, with the reason on its line', async () => {
    const { pullRequest } = await aPullRequest({ 'configs/large.yaml': tooLarge }, { [policyPath]: strict });
    const { exitCode, lines } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^::error title=[^,]+,file=configs\/large\.yaml,line=\d+,col=\d+::Peak/),
    );
    expect(lines.at(-1)).toMatch(/^::error::scalegate fails: /);
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
    const off = `${strict}rules:\n  memory-limit: off\n`;
    const head = { 'configs/large.yaml': tooLarge, [policyPath]: off };
    const { pullRequest } = await aPullRequest(head, { [policyPath]: strict });
    const { exitCode, outputs } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(outputs['verdict']).toBe('fail');
  });

  test('is held against the policy that its base branch has now', async () => {
    const head = { 'configs/large.yaml': tooLarge };
    const { repository, pullRequest } = await aPullRequest(head, { [policyPath]: strict });
    await repository.commit('main', { [policyPath]: `${strict}rules:\n  memory-limit: off\n` });
    expect((await runOn(pullRequest)).exitCode).toBe(0);
  });

  test('is held against the base that it has now, also by the run of one that it had before', async () => {
    const { repository, pullRequest } = await aPullRequest(
      { 'configs/large.yaml': tooLarge },
      { [policyPath]: strict },
    );
    await repository.commit('lax', { [policyPath]: `${strict}ignore: ['configs/**']\n` });
    await pullRequest.retarget('lax');
    const event = await github.local.pullRequestEvent(pullRequest);
    await pullRequest.retarget('main');
    expect((await runOn(pullRequest, { event })).exitCode).toBe(1);
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
    const repository = await github.repository({ 'configs/large.yaml': small, [policyPath]: strict });
    const fork = await repository.fork('mallory');
    await fork.commit('feature', { 'configs/large.yaml': tooLarge });
    const pullRequest = await repository.openPullRequest({
      head: { repository: fork, branch: 'feature' },
      author: 'mallory',
    });
    github.local.deleteRepository(fork);
    const event = await github.local.pullRequestEvent(pullRequest);
    expect(event.pull_request.head.repo).toBeNull();
    const { exitCode, outputs } = await runOn(pullRequest, { event });
    expect(exitCode).toBe(1);
    // What can't be read fails as well
    expect(outputs['verdict']).toBe('fail');
    expect(Number(outputs['max-memory-gib'])).toBeGreaterThan(80);
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
