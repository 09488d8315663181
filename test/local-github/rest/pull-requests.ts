import { showCommits } from './commits.ts';
import { changeJson } from './json/commit.ts';
import { reviewJson } from './json/conversation.ts';
import { pullRequestJson, pullRequestSimpleJson } from './json/pull-request.ts';
import { pageOf } from './page.ts';
import type { RestHandler } from './rest-request.ts';

/** Newest first unless asked otherwise. */
export const listPullRequests: RestHandler = (request) => {
  const [base, head] = [request.optionalText('base'), request.optionalText('head')];
  const [state, sort] = [request.optionalText('state') ?? 'open', request.optionalText('sort') ?? 'created'];
  const direction = request.optionalText('direction') ?? (sort === 'created' ? 'desc' : 'asc');
  const wanted = request.repository.pullRequests
    .filter((pullRequest) => state === 'all' || pullRequest.state === state)
    .filter(({ baseBranch }) => base === undefined || baseBranch === base)
    .filter(
      ({ headBranch, headRepository }) => head === undefined || `${headRepository.owner.login}:${headBranch}` === head,
    )
    .sort((a, b) => (sort === 'updated' ? a.updatedAt.localeCompare(b.updatedAt) : a.number - b.number));
  if (direction === 'desc') wanted.reverse();
  const { items, headers } = pageOf(wanted, request);
  return { status: 200, body: items.map((pullRequest) => pullRequestSimpleJson(pullRequest, request.urls)), headers };
};

export const getPullRequest: RestHandler = async ({ pullRequest, urls }) => {
  return { status: 200, body: await pullRequestJson(pullRequest, urls) };
};

/** Files of a pull request that GitHub lists at most, over all pages. */
const fileLimit = 3000;

export const listPullRequestFiles: RestHandler = async (request) => {
  const { limits, pullRequest, repository, urls } = request;
  const changes = (await pullRequest.changes()).slice(0, limits.fileList ?? fileLimit);
  const { items, headers } = pageOf(changes, request);
  const body = items.map((change) => changeJson(change, repository, pullRequest.headSha, urls));
  return { status: 200, body, headers };
};

/** Commits of a pull request that GitHub lists at most, over all pages. */
const commitLimit = 250;

export const listPullRequestCommits: RestHandler = async (request) => {
  const { pullRequest, repository } = request;
  const oids = await repository.git.commitsBetween(pullRequest.baseSha, pullRequest.headSha);
  const { items, headers } = pageOf(oids.slice(0, commitLimit), request);
  return { status: 200, body: await showCommits(request, items), headers };
};

export const listReviews: RestHandler = (request) => {
  const { pullRequest, urls } = request;
  const { items, headers } = pageOf(pullRequest.reviews, request);
  return { status: 200, body: items.map((review) => reviewJson(review, pullRequest, urls)), headers };
};
