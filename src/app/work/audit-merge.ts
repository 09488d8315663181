import type { RepositoryName } from '../../github/http/client.ts';
import type { PullRequestNow } from '../../github/reading/pull-request.ts';
import type { Tools } from './work.ts';

/** Whoever may bypass the rules of a branch may merge what did not pass; that is not to go unseen. */
export function auditMerge(
  { checks, headSha, number }: PullRequestNow,
  repository: RepositoryName,
  { log, metrics }: Pick<Tools, 'log' | 'metrics'>,
): string {
  const newest = checks?.runs.find((run) => run.headSha === headSha && run.about.pullRequest === number);
  if (newest?.conclusion?.toLowerCase() === 'success') return 'merged after it passed';
  metrics.mergedWithoutApproval.inc();
  const name = `${repository.owner}/${repository.repo}`;
  log.warn({ repository: name, pullRequest: number, headSha }, 'a pull request was merged whose check did not pass');
  return 'merged although it had not passed';
}
