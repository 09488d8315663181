/**
 * What the local GitHub answers. To add an operation: a line here, `node scripts/extract-github-schemas.ts`, and a
 * handler in `rest/`. The permissions beside an operation are those of a GitHub App's token; any one of them suffices.
 * `app`: GitHub wants the App's own JSON Web Token; `anyone`: the code in the path is all that it wants.
 */
export const restOperations = {
  'GET /app': 'app',
  'GET /app/hook/deliveries': 'app',
  'GET /app/hook/deliveries/{delivery_id}': 'app',
  'POST /app/hook/deliveries/{delivery_id}/attempts': 'app',
  'GET /app/installations': 'app',
  'GET /app/installations/{installation_id}': 'app',
  'POST /app/installations/{installation_id}/access_tokens': 'app',
  'POST /app-manifests/{code}/conversions': 'anyone',
  'GET /installation/repositories': [],
  'GET /orgs/{org}/teams/{team_slug}/members': ['members:read'],
  'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': ['members:read'],
  'GET /rate_limit': [],
  'GET /repos/{owner}/{repo}': ['metadata:read'],
  'POST /repos/{owner}/{repo}/check-runs': ['checks:write'],
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': ['checks:read'],
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': ['checks:write'],
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': ['checks:read'],
  'POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest': ['checks:write'],
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}': ['checks:read'],
  'POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest': ['checks:write'],
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': ['metadata:read'],
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': ['checks:read'],
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['pull_requests:read'],
  'GET /repos/{owner}/{repo}/commits/{ref}': ['contents:read'],
  'GET /repos/{owner}/{repo}/compare/{basehead}': ['contents:read'],
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': ['contents:read'],
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': ['contents:read'],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': ['issues:read', 'pull_requests:read'],
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': ['issues:write', 'pull_requests:write'],
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': ['issues:write', 'pull_requests:write'],
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': ['issues:write', 'pull_requests:write'],
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': ['issues:read', 'pull_requests:read'],
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': ['issues:write', 'pull_requests:write'],
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}': [
    'issues:write',
    'pull_requests:write',
  ],
  'GET /repos/{owner}/{repo}/installation': 'app',
  'GET /repos/{owner}/{repo}/pulls': ['pull_requests:read'],
  'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}': ['pull_requests:write'],
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}': ['pull_requests:write'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': ['pull_requests:read'],
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments': ['pull_requests:write'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': ['pull_requests:read'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': ['pull_requests:read'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['pull_requests:read'],
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': ['metadata:read'],
  'GET /users/{username}': [],
} as const satisfies Record<string, Caller>;

export type RestOperation = keyof typeof restOperations;

/** Who may call: whoever has one of the permissions, the App itself, or anyone. */
type Caller = readonly Permission[] | 'app' | 'anyone';

type Subject =
  | 'administration'
  | 'checks'
  | 'contents'
  | 'issues'
  | 'members'
  | 'merge_queues'
  | 'metadata'
  | 'pull_requests'
  | 'statuses';
export type Access = 'read' | 'write';
export type Permission = `${Subject}:${Access}`;
export type Permissions = Partial<Record<Subject, Access>>;

/**
 * The deliveries that an App gets, in the words of GitHub's description, and the permission that GitHub wants before it
 * sends an event at all ("Webhook events and payloads").
 */
export const webhookEvents = {
  check_run: { actions: ['created', 'completed', 'rerequested', 'requested_action'], permission: 'checks:read' },
  check_suite: { actions: ['requested', 'rerequested'], permission: 'checks:write' },
  installation: {
    actions: ['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'],
    permission: null,
  },
  installation_repositories: { actions: ['added', 'removed'], permission: null },
  issue_comment: { actions: ['created', 'edited', 'deleted'], permission: 'issues:read' },
  member: { actions: ['added', 'edited', 'removed'], permission: 'members:read' },
  membership: { actions: ['added', 'removed'], permission: 'members:read' },
  merge_group: { actions: ['checks_requested', 'destroyed'], permission: 'merge_queues:read' },
  ping: { actions: [], permission: null },
  pull_request: {
    actions: ['opened', 'synchronize', 'reopened', 'edited', 'closed', 'ready_for_review', 'converted_to_draft'],
    permission: 'pull_requests:read',
  },
  pull_request_review: { actions: ['submitted', 'edited', 'dismissed'], permission: 'pull_requests:read' },
  push: { actions: [], permission: 'contents:read' },
  repository: { actions: ['renamed', 'edited', 'archived', 'unarchived'], permission: 'metadata:read' },
  team: {
    actions: ['added_to_repository', 'deleted', 'edited', 'removed_from_repository'],
    permission: 'members:read',
  },
} as const satisfies Record<string, { readonly actions: readonly string[]; readonly permission: Permission | null }>;

export type WebhookEvent = keyof typeof webhookEvents;

/** The fields of GitHub's GraphQL schema that the objects in `graphql/` have. */
export const graphqlFields: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository', 'viewer', 'rateLimit'],
  RateLimit: ['cost', 'limit', 'nodeCount', 'remaining', 'resetAt', 'used'],
  Actor: ['login'],
  App: ['databaseId', 'slug'],
  Bot: ['databaseId', 'login'],
  CheckRun: [
    'checkSuite',
    'completedAt',
    'conclusion',
    'databaseId',
    'detailsUrl',
    'externalId',
    'name',
    'startedAt',
    'status',
    'summary',
    'text',
    'title',
  ],
  CheckRunConnection: ['nodes', 'pageInfo', 'totalCount'],
  CheckSuite: ['app', 'checkRuns', 'commit', 'conclusion', 'createdAt', 'databaseId', 'status', 'updatedAt'],
  CheckSuiteConnection: ['nodes', 'pageInfo', 'totalCount'],
  HeadRefForcePushedEvent: ['actor', 'afterCommit', 'beforeCommit', 'createdAt'],
  PullRequestTimelineItemsConnection: ['nodes', 'pageInfo', 'totalCount'],
  User: ['databaseId', 'login'],
  RepositoryOwner: ['login'],
  Organization: ['login'],
  PageInfo: ['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor'],
  Repository: [
    'databaseId',
    'defaultBranchRef',
    'isArchived',
    'isFork',
    'isPrivate',
    'name',
    'nameWithOwner',
    'object',
    'owner',
    'pullRequest',
    'pullRequests',
  ],
  Ref: ['name', 'target'],
  GitObject: ['oid'],
  Blob: ['byteSize', 'isBinary', 'isTruncated', 'oid', 'text'],
  Tree: ['entries', 'oid'],
  TreeEntry: ['mode', 'name', 'object', 'oid', 'path', 'size', 'type'],
  Commit: [
    'associatedPullRequests',
    'author',
    'authors',
    'checkSuites',
    'committedDate',
    'committer',
    'file',
    'history',
    'message',
    'oid',
    'parents',
    'signature',
    'tree',
  ],
  GitSignature: ['isValid', 'wasSignedByGitHub'],
  GpgSignature: ['isValid', 'wasSignedByGitHub'],
  CommitHistoryConnection: ['nodes', 'pageInfo', 'totalCount'],
  CommitConnection: ['nodes', 'pageInfo', 'totalCount'],
  GitActor: ['date', 'email', 'name', 'user'],
  GitActorConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequest: [
    'author',
    'authorAssociation',
    'baseRef',
    'baseRefName',
    'baseRefOid',
    'changedFiles',
    'comments',
    'commits',
    'databaseId',
    'files',
    'headRefName',
    'headRefOid',
    'headRepository',
    'isCrossRepository',
    'isDraft',
    'latestOpinionatedReviews',
    'locked',
    'mergeable',
    'merged',
    'number',
    'potentialMergeCommit',
    'reviewThreads',
    'reviews',
    'state',
    'timelineItems',
    'title',
    'viewerDidAuthor',
  ],
  PullRequestConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestChangedFile: ['path'],
  PullRequestChangedFileConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestCommit: ['commit'],
  PullRequestCommitConnection: ['nodes', 'pageInfo', 'totalCount'],
  IssueComment: [
    'author',
    'authorAssociation',
    'body',
    'createdAt',
    'databaseId',
    'editor',
    'fullDatabaseId',
    'lastEditedAt',
    'reactionGroups',
    'updatedAt',
    'viewerDidAuthor',
  ],
  ReactionGroup: ['content', 'viewerHasReacted'],
  IssueCommentConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestReview: [
    'author',
    'authorAssociation',
    'body',
    'commit',
    'createdAt',
    'databaseId',
    'editor',
    'fullDatabaseId',
    'lastEditedAt',
    'state',
    'submittedAt',
    'updatedAt',
  ],
  PullRequestReviewConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestReviewThread: ['comments', 'isOutdated'],
  PullRequestReviewThreadConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestReviewComment: ['author', 'body', 'databaseId', 'fullDatabaseId', 'viewerDidAuthor'],
  PullRequestReviewCommentConnection: ['nodes', 'pageInfo', 'totalCount'],
};

/** The arguments that those fields honor; a query that gives another one is refused rather than half obeyed. */
export const graphqlArguments: readonly string[] = [
  'after',
  'baseRefName',
  'before',
  'expression',
  'filterBy',
  'first',
  'itemTypes',
  'last',
  'name',
  'number',
  'oid',
  'owner',
  'path',
  'states',
  'writersOnly',
];
