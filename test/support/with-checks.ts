import { beginCheck } from '../../src/github/begin-check.ts';
import type { Check } from '../../src/github/check.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import type { Repository } from '../local-github/state/repository.ts';
import { withApp } from './with-app.ts';

export const create = 'POST /repos/{owner}/{repo}/check-runs';
export const update = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';

/** Gives each test of a file its own GitHub with the App, and what publishes checks of it on a pull request. */
export function withChecks() {
  const github = withApp();

  async function aPullRequest(head = 'feature') {
    const repository = await github.repository({ 'run.yaml': 'a: 1\n' });
    await repository.commit(head, { 'run.yaml': 'a: 2\n' });
    return { repository, pullRequest: await repository.openPullRequest({ head }) };
  }

  async function begin({ headSha, number }: PullRequest, again = false) {
    const subject = { appId: github.app.id, number, headSha, again, clicks: [] };
    return beginCheck(await github.appClient(), github.name, subject);
  }

  async function publish(pullRequest: PullRequest, check: Check, again = false) {
    return (await begin(pullRequest, again)).finish(check, { code: 'K7Q2M9XA' });
  }

  /** The requests so far that write checks. */
  function writes(): string[] {
    return github.asked().filter((request) => request === create || request === update);
  }

  return { github, aPullRequest, begin, publish, writes };
}

export function runsOn(pullRequest: PullRequest) {
  return pullRequest.repository.checkSuites
    .filter(({ headSha }) => headSha === pullRequest.headSha)
    .flatMap(({ runs }) => runs);
}

/** A branch to which a pull request can go as well as to main. */
export async function release(repository: Repository): Promise<string> {
  await repository.commit('release', { 'other.yaml': 'b: 1\n' });
  return 'release';
}
