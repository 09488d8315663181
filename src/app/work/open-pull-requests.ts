import type { GitHubClient } from '../../github/http/client.ts';
import type { Page } from '../../github/http/read-pages.ts';
import type { SubjectOf } from './work.ts';

const pageSize = 100;

/** The open pull requests of a repository, those with the latest news first; of one base, where it is given. */
export async function listOpenPullRequests(
  client: GitHubClient,
  { installationId, repository }: Pick<SubjectOf<'repository'>, 'installationId' | 'repository'>,
  base?: string,
): Promise<readonly SubjectOf<'pull-request'>[]> {
  const found: SubjectOf<'pull-request'>[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', {
      ...repository,
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: pageSize,
      page,
      ...(base === undefined ? {} : { base }),
    });
    for (const { number } of data) {
      found.push({ kind: 'pull-request', installationId, repository, number, again: false });
    }
    if (data.length < pageSize) break;
  }
  return found;
}

/** GitHub lists so many files of a pull request in this way. */
const mostFiles = 100;

interface FilesPage {
  readonly repository: {
    readonly pullRequests: Page<{
      readonly number: number;
      readonly files: { readonly totalCount: number; readonly nodes: readonly { readonly path: string }[] } | null;
    }>;
  };
}

const filesQuery = `query ($owner: String!, $repo: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 50, after: $after, baseRefName: $branch, states: [OPEN]) {
      nodes { number files(first: ${mostFiles}) { totalCount nodes { path } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** The open pull requests into a branch that change one of some files, and those of which GitHub does not list all files. */
export async function listPullRequestsThatTouch(
  client: GitHubClient,
  { installationId, repository }: Pick<SubjectOf<'repository'>, 'installationId' | 'repository'>,
  branch: string,
  paths: readonly string[],
): Promise<readonly SubjectOf<'pull-request'>[]> {
  if (paths.length === 0) return [];
  const wanted = new Set(paths);
  const found: number[] = [];
  for (let after: string | null = null, more = true; more;) {
    const answer: FilesPage = await client.graphql(filesQuery, { ...repository, branch, after });
    const { nodes, pageInfo } = answer.repository.pullRequests;
    for (const { files, number } of nodes) {
      const listed = files?.nodes ?? [];
      const areAll = files !== null && listed.length === files.totalCount;
      if (!areAll || listed.some(({ path }) => wanted.has(path))) found.push(number);
    }
    ({ endCursor: after, hasNextPage: more } = pageInfo);
  }
  return found.map((number) => {
    return { kind: 'pull-request', installationId, repository, number, again: false };
  });
}
