import type { Annotation, CheckRun } from '../../state/check-run.ts';
import type { CheckSuite } from '../../state/check-suite.ts';
import type { PullRequest } from '../../state/pull-request.ts';
import type { Repository } from '../../state/repository.ts';
import type { Urls } from '../rest-request.ts';
import { nodeId } from './account.ts';
import { appJson } from './app.ts';

/** OpenAPI `check-run`. */
export function checkRunJson(run: CheckRun, urls: Urls) {
  const { id, suite } = run;
  const url = `${urls.api}/repos/${suite.repository.fullName}/check-runs/${id}`;
  return {
    id,
    node_id: nodeId('CheckRun', id),
    name: run.name,
    head_sha: suite.headSha,
    external_id: run.externalId,
    url,
    html_url: `${urls.html}/${suite.repository.fullName}/runs/${id}`,
    details_url: run.detailsUrl ?? urls.html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: suite.id },
    app: appJson(suite.app, urls),
    pull_requests: suite.pullRequests.map((pullRequest) => pullRequestMinimalJson(pullRequest, urls)),
  };
}

/** OpenAPI `check-annotation`. */
export function annotationJson(annotation: Annotation, { suite }: CheckRun, { html }: Urls) {
  return {
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...annotation,
    blob_href: `${html}/${suite.repository.fullName}/blob/${suite.headSha}/${annotation.path}`,
  };
}

/** OpenAPI `simple-check-suite`, as events about a check run show its suite. */
export function simpleCheckSuiteJson(suite: CheckSuite, urls: Urls) {
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: `${urls.api}/repos/${suite.repository.fullName}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.headSha,
    pull_requests: suite.pullRequests.map((pullRequest) => pullRequestMinimalJson(pullRequest, urls)),
    app: appJson(suite.app, urls),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

/** OpenAPI `check-suite`, without the repository and the commit that an answer of the REST API adds. */
export function checkSuiteJson(suite: CheckSuite, urls: Urls) {
  const simple = simpleCheckSuiteJson(suite, urls);
  return { ...simple, latest_check_runs_count: suite.runs.length, check_runs_url: `${simple.url}/check-runs` };
}

/** OpenAPI `simple-commit`, as suites and events show a commit. */
export async function simpleCommitJson(oid: string, repository: Repository) {
  const { author, committer, message, tree } = await repository.git.readCommit(oid);
  const person = ({ email, name }: typeof author) => ({ name, email });
  return {
    id: oid,
    tree_id: tree,
    message,
    timestamp: committer.date,
    author: person(author),
    committer: person(committer),
  };
}

/** OpenAPI `pull-request-minimal`. */
function pullRequestMinimalJson(pullRequest: PullRequest, urls: Urls) {
  const { id, number, repository } = pullRequest;
  const end = (ref: string, sha: string, { fullName, id, name }: Repository) => {
    return { ref, sha, repo: { id, url: `${urls.api}/repos/${fullName}`, name } };
  };
  return {
    id,
    number,
    url: `${urls.api}/repos/${repository.fullName}/pulls/${number}`,
    head: end(pullRequest.headBranch, pullRequest.headSha, pullRequest.headRepository),
    base: end(pullRequest.baseBranch, pullRequest.baseSha, repository),
  };
}
