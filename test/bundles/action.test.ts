import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalGitHub } from '../local-github/local-github.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import type { Repository } from '../local-github/state/repository.ts';
import { runAction, type ActionRequest } from '../support/run-action.ts';
import { createSampleRepository, largeMovedToXl, sampleConfig, workflowToken } from '../support/sample-repository.ts';

let github: LocalGitHub;
let repository: Repository;

beforeEach(async () => {
  github = await LocalGitHub.start();
  repository = await createSampleRepository(github);
});

afterEach(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

async function propose(files: Parameters<Repository['commit']>[1]): Promise<PullRequest> {
  await repository.commit('change', files, { author: 'engineer' });
  return repository.openPullRequest({ head: 'change', author: 'engineer' });
}

async function runOn(pullRequest: PullRequest, request: Partial<ActionRequest> = {}) {
  return runAction(github, {
    eventName: 'pull_request',
    event: await github.pullRequestEvent(pullRequest),
    repository: 'acme/vr-models',
    sha: pullRequest.headSha,
    token: workflowToken(github),
    ...request,
  });
}

describe('the bundled Action, run as a runner runs it', () => {
  test('holds Large → XL until a lead approves, with one comment all along', async () => {
    const pullRequest = await propose({ 'configs/large.yaml': largeMovedToXl() });
    const first = await runOn(pullRequest);
    expect(first.exitCode).toBe(1);
    expect(first.outputs).toMatchObject({ verdict: 'waiting' });
    expect(first.report).toMatchObject({ schema_version: 1, verdict: 'waiting' });
    expect(first.summary).toContain('scale-jump');
    expect(pullRequest.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Large → XL')]);
    const jump = first.annotations.find(({ properties }) => properties['title']?.includes('scale-jump'));
    expect(jump?.properties).toMatchObject({ file: 'configs/large.yaml', line: '5' });

    pullRequest.review({ author: 'engineer', state: 'APPROVED' });
    expect((await runOn(pullRequest, { eventName: 'pull_request_review' })).outputs['verdict']).toBe('waiting');

    pullRequest.review({ author: 'lead', state: 'APPROVED' });
    const approved = await runOn(pullRequest, { eventName: 'pull_request_review' });
    expect(approved.exitCode).toBe(0);
    expect(approved.outputs['verdict']).toBe('pass');
    expect(pullRequest.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Approved by')]);
  });

  test('reports the other configs of a pull request when one cannot be read', async () => {
    const pullRequest = await propose({
      'configs/large.yaml': sampleConfig('large.yaml').replace('micro_batch_size: 32', 'micro_batch_size: 16'),
      'configs/small.yaml': sampleConfig('small.yaml').replace('num_layers', 'num_layer'),
    });
    const { exitCode, outputs, annotations, summary } = await runOn(pullRequest);
    expect(exitCode).toBe(1);
    expect(outputs['verdict']).toBe('fail');
    expect(summary).toContain('large.yaml');
    const onLine = annotations.filter(({ properties }) => properties['file'] === 'configs/small.yaml');
    expect(onLine.map(({ message }) => message).join()).toContain('num_layers');
    expect(onLine[0]?.properties['line']).toBe('5');
  });

  test('gives the runner no order that a config or a path holds', async () => {
    const path = 'configs/a\n::add-mask::secret.yaml';
    const pullRequest = await propose({
      [path]: sampleConfig('xl.yaml').replace('name: xl', 'name: "x\\n::set-output name=verdict::pass"'),
    });
    const { log, outputs } = await runOn(pullRequest);
    expect(log).toContain('%0A%3A%3Aadd-mask');
    expect(log.split('\n').filter((line) => /^\s*::(?!error|warning|notice)/.test(line))).toEqual([]);
    expect(outputs['verdict']).not.toBe('pass');
  });

  test('never prints its token', async () => {
    const token = workflowToken(github);
    const pullRequest = await propose({ 'configs/large.yaml': largeMovedToXl() });
    github.failNext({ path: '/graphql', answer: 403, times: Infinity });
    const { log, exitCode } = await runOn(pullRequest, { token });
    expect(exitCode).toBe(1);
    expect(log).not.toContain(token);
  });

  test('creates no check runs: its job is the check', async () => {
    await runOn(await propose({ 'configs/large.yaml': largeMovedToXl() }));
    expect(github.requests.map(({ path }) => path).filter((path) => path.includes('check'))).toEqual([]);
  });
});
