import { evaluatePullRequest } from '../../github/evaluate-pull-request.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import { statusOf } from '../../github/status-of.ts';
import { Later } from '../queue/queue.ts';
import { concluding } from './concluding.ts';
import type { SubjectOf, Tools, Work } from './work.ts';

/**
 * A pull request as it is now. What its jobs say of it is not looked at, but for clicks, which GitHub does not keep: so
 * deliveries may come late, twice or in any order.
 */
export const lookAtPullRequest: Work<'pull-request'> = async (subjects, tools, stop) => {
  const [{ installationId, repository, number }] = subjects;
  const { clients, metrics, now } = tools;
  const startedAt = now();
  const client = await clients.installation(installationId, stop);
  const found = await readOrNull(client, repository, number);
  if (found === null) return 'it is gone';
  const commit = { installationId, repository, pullRequest: number, headSha: found.headSha };
  if (found.isMerged) return await audit(commit, tools, stop);
  if (!found.isOpen) return 'it is closed';

  const again = subjects.some((subject) => subject.again);
  const clicks = subjects.flatMap(({ click }) => click ?? []);
  return await concluding(
    commit,
    async (target, signal) => {
      await tools.publisher.announce(target, again);
      const ledger = await tools.publisher.readLedger(target.client, repository, number);
      const records = { ledger, clicks, secret: tools.secret };
      const evaluated = await evaluatePullRequest(target.client, repository, found, null, records);
      // An approval that was given while somebody pushed is not one of what was pushed, nor is this verdict its verdict
      const current = await readPullRequest(target.client, repository, number);
      if (current.headSha !== found.headSha || current.baseRef !== found.baseRef) {
        throw new Later(0, 'it was pushed to, or retargeted, while it was evaluated');
      }
      signal.throwIfAborted();
      await tools.publisher.publish(target, evaluated, again);
      const { verdict } = evaluated.evaluation;
      metrics.evaluations.observe({ kind: 'pull-request', verdict }, (now() - startedAt) / 1000);
      noteLatency(subjects, tools);
      return verdict;
    },
    tools,
    stop,
  );
};

/** null for one that is gone with its repository, or that the App may not see any more. */
async function readOrNull(...request: Parameters<typeof readPullRequest>) {
  try {
    return await readPullRequest(...request);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Whoever may bypass the rules of a branch may merge what did not pass; that is not to go unseen. */
async function audit(
  { installationId, repository, pullRequest, headSha }: MergedPullRequest,
  { clients, log, metrics, publisher }: Tools,
  stop: AbortSignal,
): Promise<string> {
  const client = await clients.installation(installationId, stop);
  if (await publisher.hasPassed({ client, repository, pullRequest, headSha })) return 'merged after it passed';
  metrics.mergedWithoutApproval.inc();
  const name = `${repository.owner}/${repository.repo}`;
  log.warn({ repository: name, pullRequest, headSha }, 'a pull request was merged whose check did not pass');
  return 'merged although it had not passed';
}

type MergedPullRequest = Pick<SubjectOf<'pull-request'>, 'installationId' | 'repository'> & {
  readonly pullRequest: number;
  readonly headSha: string;
};

/** From the first delivery of those that were waiting. */
function noteLatency(subjects: readonly SubjectOf<'pull-request'>[], { metrics, now }: Tools): void {
  const arrivals = subjects.flatMap(({ receivedAt }) => (receivedAt === null ? [] : [Date.parse(receivedAt)]));
  if (arrivals.length > 0) metrics.publishLatency.observe((now() - Math.min(...arrivals)) / 1000);
}
