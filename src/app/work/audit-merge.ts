import type { GitHubClient, RepositoryName } from '../../github/client.ts';
import { listCheckRuns } from '../../github/known-check-runs.ts';
import type { Tools } from './work.ts';

interface MergedPullRequest {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly headSha: string;
}

/** Whoever may bypass the rules of a branch may merge what did not pass; that is not to go unseen. */
export async function auditMerge(
  client: GitHubClient,
  { headSha, number, repository }: MergedPullRequest,
  { appId, log, metrics }: Pick<Tools, 'appId' | 'log' | 'metrics'>,
): Promise<string> {
  const { runs } = await listCheckRuns(client, repository, number, appId);
  const newest = runs.find((run) => run.headSha === headSha && run.about.pullRequest === number);
  if (newest?.conclusion?.toLowerCase() === 'success') return 'merged after it passed';
  metrics.mergedWithoutApproval.inc();
  const name = `${repository.owner}/${repository.repo}`;
  log.warn({ repository: name, pullRequest: number, headSha }, 'a pull request was merged whose check did not pass');
  return 'merged although it had not passed';
}
