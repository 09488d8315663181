import { beginCheck } from '../../src/github/checks/begin-check.ts';
import type { Ledger } from '../../src/core/policy/approvals/ledger.ts';
import { readCheckText, type KnownCheckRun } from '../../src/github/checks/known-check-runs.ts';
import { readPullRequest, readPullRequestLater } from '../../src/github/reading/pull-request.ts';
import { joinSharers } from '../../src/github/checks/shared-head.ts';
import type { Check } from '../../src/github/checks/check.ts';
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
    const client = await github.appClient();
    const appId = github.app.id;
    const { baseRef, checks } = await readPullRequest(client, github.name, number, appId);
    const record = (ledger: Ledger) => ledger;
    const subject = { appId, number, headSha, baseRef, again, record, runs: checks?.runs ?? [] };
    return beginCheck(client, github.name, subject);
  }

  async function publish(pullRequest: PullRequest, check: Check, again = false) {
    const client = await github.appClient();
    const begun = await begin(pullRequest, again);
    const { number } = pullRequest;
    const { head } = await readPullRequestLater(client, github.name, number, github.app.id);
    const read = (run: KnownCheckRun) => readCheckText(client, github.name, run);
    const { check: joined } = await joinSharers(check, number, head, read);
    return begun.finish(check, { code: 'K7Q2M9XA', joined });
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
