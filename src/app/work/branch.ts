import { codeownersPaths } from '../../core/policy/codeowners.ts';
import { counted } from '../../core/report/counted.ts';
import type { GitHubClient, RepositoryName } from '../../github/client.ts';
import { compareCommits } from '../../github/comparison.ts';
import { createContents } from '../../github/contents.ts';
import { statusOf } from '../../github/status-of.ts';
import { findGuards } from '../../workspace/guards.ts';
import { listOpenPullRequests } from './open-pull-requests.ts';
import { spread } from './spread.ts';
import type { SubjectOf, Work } from './work.ts';

/**
 * A push to a branch: where it changes policy, plan or owners, the open pull requests that are based on it are looked at.
 * Nothing else there changes a verdict, since a pull request is held against the commit that it left.
 */
export const lookAtBranch: Work<'branch'> = async (subjects, { clients, queue }, signal) => {
  const [first] = subjects;
  const last = subjects.at(-1) ?? first;
  const { installationId, repository, branch } = first;
  const client = await clients.sweep.installation(installationId, signal);
  const pullRequests = await listOpenPullRequests(client, first, branch);
  if (pullRequests.length === 0) return 'no pull request is based on it';
  const push = { before: first.before, after: last.after, forced: subjects.some(({ forced }) => forced) };
  if (!(await changesGuards(client, repository, push))) return 'neither policy, plan nor owners changed';
  await queue.add(spread(pullRequests, `push/${push.before}/${push.after}`));
  return `${counted(pullRequests.length, 'pull request')} to look at`;
};

/** True as well where that can't be told: looking at too many is only slow. */
async function changesGuards(
  client: GitHubClient,
  repository: RepositoryName,
  { before, after, forced }: Pick<SubjectOf<'branch'>, 'before' | 'after' | 'forced'>,
): Promise<boolean> {
  if (forced) return true;
  const files = await changedFiles(client, repository, before, after);
  if (files === null) return true;
  const { places } = await findGuards(createContents(client, [repository]).at(after));
  const guards = new Set<string>([...places, ...codeownersPaths]);
  return files.some(
    ({ path, previousPath }) => guards.has(path) || (previousPath !== null && guards.has(previousPath)),
  );
}

/** null where GitHub lists not all of them, or no longer has the commits. */
async function changedFiles(client: GitHubClient, repository: RepositoryName, before: string, after: string) {
  try {
    return (await compareCommits(client, repository, before, after)).files;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
