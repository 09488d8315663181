import type { Repository } from '../../state/repository.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, nodeId } from './account.ts';

/** OpenAPI `repository`, of which `full-repository` needs three fields more. */
export function repositoryJson(repository: Repository, urls: Urls) {
  const { fullName, id, name, private: isPrivate } = repository;
  const url = `${urls.api}/repos/${fullName}`;
  const html = `${urls.html}/${fullName}`;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    owner: accountJson(repository.owner, urls),
    html_url: html,
    description: null,
    fork: repository.parent !== null,
    url,
    ...addresses(url, html),
    homepage: null,
    language: null,
    mirror_url: null,
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    open_issues_count: repository.pullRequests.length,
    open_issues: repository.pullRequests.length,
    size: 0,
    default_branch: repository.defaultBranch,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    is_template: false,
    topics: [],
    web_commit_signoff_required: false,
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

/** OpenAPI `full-repository`. */
export function fullRepositoryJson(repository: Repository, urls: Urls) {
  const parent = repository.parent === null ? {} : { parent: repositoryJson(repository.parent, urls) };
  return { ...repositoryJson(repository, urls), ...parent, subscribers_count: 0, network_count: 0 };
}

function addresses(url: string, html: string) {
  return {
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `${html}.git`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: `${html}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}
