import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { groupOfBranch, type Subject } from '../events/subject.ts';

type Group = Extract<Subject, { readonly kind: 'merge-group' }>['group'];

/** The groups that merge queues of a repository try right now; of one base, where it is given. */
export async function listMergeGroups(
  client: GitHubClient,
  repository: RepositoryName,
  baseRef?: string,
): Promise<readonly Group[]> {
  const route = 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}';
  const start = `heads/gh-readonly-queue/${baseRef === undefined ? '' : `${baseRef}/`}`;
  const { data } = await client.request(route, { ...repository, ref: start });
  return data.flatMap(({ object, ref }) => groupOfBranch(ref.replace('refs/heads/', ''), object.sha) ?? []);
}
