import type { GitHubClient, RepositoryName } from '../../github/client.ts';

const pageSize = 100;

/** More open pull requests than this are looked at when something happens on them. */
const most = 1000;

/** Numbers of the open pull requests of a repository, those with the latest news first; of one base, where it is given. */
export async function listOpenPullRequests(
  client: GitHubClient,
  repository: RepositoryName,
  base?: string,
): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let page = 1; numbers.length < most; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', {
      ...repository,
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: pageSize,
      page,
      ...(base === undefined ? {} : { base }),
    });
    numbers.push(...data.map(({ number }) => number));
    if (data.length < pageSize) break;
  }
  return numbers;
}
