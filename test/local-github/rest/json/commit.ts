import type { Change } from '../../git/changes.ts';
import type { Commit } from '../../git/commit.ts';
import type { Repository } from '../../state/repository.ts';
import type { World } from '../../state/world.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, nodeId } from './account.ts';

/** OpenAPI `commit`, without the files that only a single commit shows. */
export function commitJson(commit: Commit, repository: Repository, world: World, urls: Urls) {
  const url = `${urls.api}/repos/${repository.fullName}`;
  const account = (email: string) => {
    const linked = world.accountOfAddress(email);
    return linked === undefined ? null : accountJson(linked, urls);
  };
  return {
    url: `${url}/commits/${commit.oid}`,
    sha: commit.oid,
    node_id: nodeId('Commit', commit.oid),
    html_url: `${urls.html}/${repository.fullName}/commit/${commit.oid}`,
    comments_url: `${url}/commits/${commit.oid}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.oid}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      comment_count: 0,
    },
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}` })),
  };
}

/** OpenAPI `diff-entry`. It has no `patch`, which GitHub leaves out of large diffs too. */
export function changeJson(change: Change, repository: Repository, head: string, urls: Urls) {
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.oid,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${urls.html}/${repository.fullName}/blob/${head}/${path}`,
    raw_url: `${urls.html}/${repository.fullName}/raw/${head}/${path}`,
    contents_url: `${urls.api}/repos/${repository.fullName}/contents/${path}?ref=${head}`,
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
}
