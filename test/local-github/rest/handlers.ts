import type { RestOperation } from '../operations.ts';
import {
  convertManifest,
  createInstallationToken,
  getApp,
  getInstallation,
  getRepositoryInstallation,
  listInstallationRepositories,
  listInstallations,
} from './apps.ts';
import {
  createCheckRun,
  getCheckRun,
  getCheckSuite,
  listAnnotations,
  listCheckRunsForRef,
  rerequestCheckRun,
  rerequestCheckSuite,
  updateCheckRun,
} from './checks.ts';
import { createComment, deleteComment, listComments, updateComment } from './comments.ts';
import { compareCommits, getCommit, listPullRequestsOfCommit } from './commits.ts';
import { getDelivery, listDeliveries, redeliver } from './deliveries.ts';
import { getCollaboratorPermission, getTeamMembers, getTeamMembership, getUser } from './people.ts';
import {
  getPullRequest,
  listPullRequestCommits,
  listPullRequestFiles,
  listPullRequests,
  listReviews,
} from './pull-requests.ts';
import { createReviewComment, deleteReviewComment, updateReviewComment } from './review-comments.ts';
import { getRateLimit } from './rate-limit.ts';
import { createReaction, deleteReaction, listReactions } from './reactions.ts';
import { getBranchRules, getRepository, getTree, listMatchingRefs } from './repositories.ts';
import type { RestHandler } from './rest-request.ts';

/** Who answers each operation. */
export const restHandlers: Readonly<Record<RestOperation, RestHandler>> = {
  'GET /app': getApp,
  'GET /app/hook/deliveries': listDeliveries,
  'GET /app/hook/deliveries/{delivery_id}': getDelivery,
  'POST /app/hook/deliveries/{delivery_id}/attempts': redeliver,
  'GET /app/installations': listInstallations,
  'GET /app/installations/{installation_id}': getInstallation,
  'POST /app/installations/{installation_id}/access_tokens': createInstallationToken,
  'POST /app-manifests/{code}/conversions': convertManifest,
  'GET /installation/repositories': listInstallationRepositories,
  'GET /orgs/{org}/teams/{team_slug}/members': getTeamMembers,
  'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': getTeamMembership,
  'GET /rate_limit': getRateLimit,
  'GET /repos/{owner}/{repo}': getRepository,
  'POST /repos/{owner}/{repo}/check-runs': createCheckRun,
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': getCheckRun,
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': updateCheckRun,
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': listAnnotations,
  'POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest': rerequestCheckRun,
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}': getCheckSuite,
  'POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest': rerequestCheckSuite,
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': getCollaboratorPermission,
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': listPullRequestsOfCommit,
  'GET /repos/{owner}/{repo}/commits/{ref}': getCommit,
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': listCheckRunsForRef,
  'GET /repos/{owner}/{repo}/compare/{basehead}': compareCommits,
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': listMatchingRefs,
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': getTree,
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': listComments,
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': createComment,
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': updateComment,
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': deleteComment,
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': listReactions,
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': createReaction,
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}': deleteReaction,
  'GET /repos/{owner}/{repo}/installation': getRepositoryInstallation,
  'GET /repos/{owner}/{repo}/pulls': listPullRequests,
  'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}': updateReviewComment,
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}': deleteReviewComment,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': getPullRequest,
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments': createReviewComment,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': listPullRequestCommits,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': listPullRequestFiles,
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': listReviews,
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': getBranchRules,
  'GET /users/{username}': getUser,
};
