import type { GitHubClient } from '../../github/client.ts';
import type { SubjectOf } from './work.ts';

const pageSize = 100;

/** More open pull requests than this are looked at when something happens on them. */
const most = 1000;

/** The open pull requests of a repository, those with the latest news first; of one base, where it is given. */
export async function listOpenPullRequests(
  client: GitHubClient,
  { installationId, repository }: Pick<SubjectOf<'repository'>, 'installationId' | 'repository'>,
  base?: string,
): Promise<readonly SubjectOf<'pull-request'>[]> {
  const found: SubjectOf<'pull-request'>[] = [];
  for (let page = 1; found.length < most; page += 1) {
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
      found.push({ kind: 'pull-request', installationId, repository, number, again: false, click: null });
    }
    if (data.length < pageSize) break;
  }
  return found;
}
