import { codeownersPaths } from '../../core/policy/codeowners.ts';
import { isConfigPath } from '../../core/policy/globs.ts';
import { counted } from '../../core/report/counted.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { compareCommits, touchedPaths } from '../../github/reading/comparison.ts';
import { createContents } from '../../github/reading/contents.ts';
import { statusOf } from '../../github/http/status-of.ts';
import { findGuards } from '../../workspace/guards.ts';
import { listOpenPullRequests, listPullRequestsThatTouch } from './open-pull-requests.ts';
import { spread } from './spread.ts';
import type { SubjectOf, Work } from './work.ts';

/**
 * A push to a branch: where it changes policy, plan or owners, the open pull requests that are held against it are looked
 * at. Every pull request is held against the default branch, whatever its base. Where it changes a config, those are looked
 * at that change it as well, since both may be too much together.
 */
export const lookAtBranch: Work<'branch'> = async (subjects, { clients, queue }, signal) => {
  const [first] = subjects;
  const last = subjects.at(-1) ?? first;
  const { installationId, repository, branch } = first;
  const client = await clients.sweep.installation(installationId, signal);
  const push = { before: first.before, after: last.after, forced: subjects.some(({ forced }) => forced) };
  const isDefault = subjects.some((subject) => subject.isDefault === true);
  const changed = await whatChanges(client, repository, push);
  const pullRequests =
    changed === 'guards'
      ? await listOpenPullRequests(client, first, isDefault ? undefined : branch)
      : await listPullRequestsThatTouch(client, first, branch, changed);
  if (pullRequests.length === 0) return 'it changes nothing that a pull request is held against';
  await queue.add(spread(pullRequests, `push/${push.before}/${push.after}`));
  return `${counted(pullRequests.length, 'pull request')} to look at`;
};

/** The configs that a push changes; `guards` where it changes more, or where that can't be told: too many is only slow. */
async function whatChanges(
  client: GitHubClient,
  repository: RepositoryName,
  { before, after, forced }: Pick<SubjectOf<'branch'>, 'before' | 'after' | 'forced'>,
): Promise<'guards' | readonly string[]> {
  if (forced) return 'guards';
  const files = await changedFiles(client, repository, before, after);
  if (files === null) return 'guards';
  const { places, policy } = await findGuards(createContents(client, [repository]).at(after));
  const guards = new Set<string>([...places, ...codeownersPaths]);
  const paths = touchedPaths(files);
  return paths.some((path) => guards.has(path)) ? 'guards' : paths.filter((path) => isConfigPath(path, policy));
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
