import type { FileChange } from '../local-github/git/write-commit.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import { runStep, type Step } from './run-step.ts';
import { small } from './some-configs.ts';
import { withGitHub } from './with-github.ts';

/** Gives each test of a file its own GitHub, an engineer who opens pull requests on it, and a job that runs the Action. */
export function withAction() {
  const github = withGitHub();

  async function aPullRequest(head: Record<string, FileChange>, base: Record<string, FileChange> = {}) {
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

  return { github, aPullRequest, runOn };
}
