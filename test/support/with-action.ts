import { expect } from 'vitest';
import type { FileChange } from '../local-github/git/write-commit.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import type { Repository } from '../local-github/state/repository.ts';
import { runStep, type Step } from './run-step.ts';
import { small } from './some-configs.ts';
import { withGitHub } from './with-github.ts';

/** Gives each test of a file its own GitHub, an engineer who opens pull requests on it, and a job that runs the Action. */
export function withAction() {
  const github = withGitHub();

  /** What runs workflows is an App, and reports each job as a check of the job's name. */
  function requireJob(repository: Repository): void {
    const source = github.local.createApp({ slug: 'github-actions', permissions: { checks: 'write' }, events: [] });
    repository.protect({ checks: [{ name: 'scalegate', source }] });
  }

  async function aPullRequest(head: Record<string, FileChange>, base: Record<string, FileChange> = {}) {
    const repository = await github.repository({ 'configs/large.yaml': small, ...base });
    repository.grantRole('lead', 'maintain');
    requireJob(repository);
    await repository.commit('feature', head, { author: 'engineer' });
    const pullRequest = await repository.openPullRequest({ head: 'feature', author: 'engineer' });
    return { repository, pullRequest };
  }

  async function runOn(pullRequest: PullRequest, step: Partial<Step> = {}) {
    const { headSha, repository } = pullRequest;
    const result = await runStep({
      apiUrl: github.local.url,
      token: github.jobToken(),
      eventName: 'pull_request',
      event: await github.local.pullRequestEvent(pullRequest),
      ...step,
    });
    const source = repository.rules[0]?.checks?.[0]?.source ?? null;
    if (source === null) return result;
    const conclusion = result.exitCode === 0 ? 'success' : 'failure';
    repository.checkSuite(source, headSha).suite.createRun({ name: 'scalegate', conclusion });
    expect(pullRequest.obstacle === null).toBe(result.exitCode === 0);
    return result;
  }

  return { github, aPullRequest, runOn };
}
