import { notFound, Refusal } from '../refusal.ts';
import { pageOf } from './page.ts';
import { changeJson, commitJson } from './json/commit.ts';
import { pullRequestSimpleJson } from './json/pull-request.ts';
import type { RestHandler, RestRequest } from './rest-request.ts';

/** Files that a comparison or a commit shows at most. */
const fileLimit = 300;
/** Commits that a comparison shows when it is not paged: the newest. */
const unpagedCommitLimit = 250;

export const compareCommits: RestHandler = async (request) => {
  const { git } = request.repository;
  const [baseName, headName, ...others] = request.text('basehead').split('...');
  if (baseName === undefined || headName === undefined || others.length > 0) throw notFound();
  const [base, head] = [await request.commit(baseName), await request.commit(headName)];
  const mergeBase = await git.mergeBase(base, head);
  if (mergeBase === null) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = await git.commitsBetween(base, head);
  const behind = await git.commitsBetween(head, base);
  const isPaged = request.has('page') || request.has('per_page');
  const { items, headers } = pageOf(ahead, request);
  const files = !request.has('page') || request.number('page') <= 1 ? await filesOf(request, mergeBase, head) : [];
  const url = `${request.urls.api}/repos/${request.repository.fullName}/compare/${base}...${head}`;
  const html = `${request.urls.html}/${request.repository.fullName}/compare/${base}...${head}`;
  const body = {
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await showCommit(request, base),
    merge_base_commit: await showCommit(request, mergeBase),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await showCommits(request, isPaged ? items : ahead.slice(-unpagedCommitLimit)),
    files,
  };
  return { status: 200, body, headers: isPaged ? headers : {} };
};

export const getCommit: RestHandler = async (request) => {
  const sha = await request.commit(request.text('ref'));
  const commit = await request.repository.git.readCommit(sha);
  const files = await filesOf(request, commit.parents[0] ?? emptyTree, sha);
  return { status: 200, body: { ...(await showCommit(request, sha)), files } };
};

/** Git knows it in every repository; what a first commit is compared with. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The pull request that brought the commit into the default branch, or else those that would bring it. */
export const listPullRequestsOfCommit: RestHandler = async (request) => {
  const { repository, urls } = request;
  const sha = await request.commit(request.text('commit_sha'));
  const pullRequests = await repository.pullRequestsWith(sha);
  const { items, headers } = pageOf(pullRequests, request);
  return { status: 200, body: items.map((item) => pullRequestSimpleJson(item, urls)), headers };
};

export async function showCommits(request: RestRequest, oids: readonly string[]) {
  return Promise.all(oids.map((oid) => showCommit(request, oid)));
}

async function showCommit({ repository, urls, world }: RestRequest, oid: string) {
  return commitJson(await repository.git.readCommit(oid), repository, world, urls);
}

async function filesOf({ limits, repository, urls }: RestRequest, base: string, head: string) {
  const changes = await repository.git.changes(base, head);
  return changes.slice(0, limits.fileList ?? fileLimit).map((change) => changeJson(change, repository, head, urls));
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
