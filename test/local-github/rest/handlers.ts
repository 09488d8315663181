import type { RestOperation } from '../operations.ts';
import { createComment, deleteComment, listComments, updateComment } from './comments.ts';
import { compareCommits, getCommit, listPullRequestsOfCommit } from './commits.ts';
import { getCollaboratorPermission, getTeamMembership } from './people.ts';
import { getPullRequest, listPullRequestCommits, listPullRequestFiles, listReviews } from './pull-requests.ts';
import { getRateLimit } from './rate-limit.ts';
import { createReaction } from './reactions.ts';
import { getRepository, getTree } from './repositories.ts';
import type { RestHandler } from './rest-request.ts';

/** Who answers each operation. */
export const restHandlers: Readonly<Record<RestOperation, RestHandler>> = {
  'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': getTeamMembership,
  'GET /rate_limit': getRateLimit,
  'GET /repos/{owner}/{repo}': getRepository,
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': getCollaboratorPermission,
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': listPullRequestsOfCommit,
  'GET /repos/{owner}/{repo}/commits/{ref}': getCommit,
  'GET /repos/{owner}/{repo}/compare/{basehead}': compareCommits,
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': getTree,
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': listComments,
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': createComment,
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': updateComment,
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': deleteComment,
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': createReaction,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': getPullRequest,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': listPullRequestCommits,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': listPullRequestFiles,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': listReviews,
};
