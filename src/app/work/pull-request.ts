import { renderComment } from '../../core/report/outputs/markdown/markdown.ts';
import { version } from '../../core/version.ts';
import { beginCheck } from '../../github/begin-check.ts';
import { supersededCheck } from '../../github/check-notices.ts';
import { publishComment } from '../../github/comment.ts';
import { checkOf } from '../../github/evaluated-check.ts';
import { evaluatePullRequest } from '../../github/evaluate-pull-request.ts';
import { publishReceipts } from '../../github/receipts.ts';
import { isOutage } from '../../github/outage.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import { statusOf } from '../../github/status-of.ts';
import { dayOf } from '../../workspace/today.ts';
import { isWithoutInstallation, rateLimitOf } from '../clients.ts';
import { explain } from '../explain.ts';
import { Later } from '../queue/queue.ts';
import { auditMerge } from './audit-merge.ts';
import { concluding } from './concluding.ts';
import type { SubjectOf, Tools, Work } from './work.ts';

/**
 * A pull request as it is now. What its jobs say of it is not looked at, but for clicks, which GitHub does not keep: so
 * deliveries may come late, twice or in any order.
 */
export const lookAtPullRequest: Work<'pull-request'> = async (subjects, tools, stop, retryInMs) => {
  const [{ installationId, repository, number }] = subjects;
  const { appId, clients, evaluations, now, secret } = tools;
  const startedAt = now();
  let waitedMs = 0;
  const client = await clients.check.installation(installationId, stop, (waitMs) => (waitedMs += waitMs));
  const found = await readOrNull(client, repository, number);
  if (found === null) return 'it is gone';
  const { baseRef, headSha } = found;
  if (found.isMerged) return await auditMerge(client, { repository, number, headSha }, tools);
  const clicks = subjects.flatMap(({ click }) => click ?? []);
  // A press is kept nowhere else, should it be reopened
  if (!found.isOpen && !clicks.some(({ action }) => action === 'approve')) return 'it is closed';

  const again = subjects.some((subject) => subject.again);
  const check = await beginCheck(client, repository, { appId, number, headSha, again, clicks });
  const records = { ledger: check.ledger, secret };
  const evaluated = await concluding(
    check,
    async (signal) => {
      const evaluate = evaluations.within(signal);
      const options = { policyPath: null, today: dayOf(startedAt), evaluate };
      const inTime = await clients.check.installation(installationId, signal, (waitMs) => (waitedMs += waitMs));
      return await evaluatePullRequest(inTime, repository, found, options, records);
    },
    tools,
    { stop, retryInMs },
  );
  if (evaluated === 'broken off') return 'could not be evaluated';

  // An approval that came while somebody pushed is not one of what was pushed, and neither is this verdict about that
  const current = await readPullRequest(client, repository, number);
  if (current.headSha !== headSha) await check.finish(supersededCheck(check.memory));
  if (current.headSha !== headSha || current.baseRef !== baseRef) {
    throw new Later(0, 'it was pushed to, or retargeted, while it was evaluated');
  }
  stop.throwIfAborted();

  const { baseSha, basis, code, evaluation } = evaluated;
  await check.finish(checkOf(evaluated), { code, basis, waitedMs });
  measure(subjects, evaluation.verdict, startedAt, tools);

  const forComments = await clients.comment.installation(installationId, stop);
  const body = renderComment(evaluation, { version, approve: { code } });
  const comment = await publishComment(forComments, repository, { number, headSha, body, baseSha });
  const receipts = await publishReceipts(forComments, repository, number, evaluated);
  const refusals = [comment, receipts].flatMap((result) => (result.kind === 'refused' ? [result.error] : []));
  const passing = refusals.find((error) => rateLimitOf(error) !== null || isOutage(error));
  if (passing !== undefined) throw passing;
  return [evaluation.verdict, ...refusals.map(explain)].join('; ');
};

/** null for one that is gone with its repository, or that the App may not see any more. */
async function readOrNull(...request: Parameters<typeof readPullRequest>) {
  try {
    return await readPullRequest(...request);
  } catch (error) {
    // Without an installation it is GitHub's answer about that
    if (statusOf(error) === 404 && !isWithoutInstallation(error)) return null;
    throw error;
  }
}

function measure(
  subjects: readonly SubjectOf<'pull-request'>[],
  verdict: string,
  startedAt: number,
  { metrics, now }: Tools,
): void {
  metrics.evaluations.observe({ kind: 'pull-request', verdict }, (now() - startedAt) / 1000);
  const arrivals = subjects.flatMap(({ receivedAt }) => (receivedAt === undefined ? [] : [Date.parse(receivedAt)]));
  // The one that waited longest is the one that somebody waited for
  if (arrivals.length > 0) metrics.publishLatency.observe((now() - Math.min(...arrivals)) / 1000);
}
