import { renderComment } from '../../core/report/outputs/markdown/markdown.ts';
import { version } from '../../core/version.ts';
import { beginCheck } from '../../github/checks/begin-check.ts';
import { supersededCheck } from '../../github/checks/check-notices.ts';
import { recordPresses, recordPushes } from '../../core/policy/approvals/carry-ledger.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { publishComment } from '../../github/comments/comment.ts';
import { suggestionsOf } from '../../github/comments/suggestions.ts';
import { checkOf } from '../../github/checks/evaluated-check.ts';
import { evaluatePullRequest } from '../../github/evaluate-pull-request.ts';
import { readCheckText, type KnownCheckRun } from '../../github/checks/known-check-runs.ts';
import { isOutage } from '../../github/http/outage.ts';
import { readPullRequest, readPullRequestLater, type PullRequestNow } from '../../github/reading/pull-request.ts';
import { publishReceipts } from '../../github/comments/receipts.ts';
import { joinSharers } from '../../github/checks/shared-head.ts';
import { statusOf } from '../../github/http/status-of.ts';
import { dayOf } from '../../workspace/today.ts';
import { jobOf } from '../events/jobs-of.ts';
import { isWithoutInstallation, rateLimitOf } from '../clients.ts';
import { explain } from '../explain.ts';
import { Later } from '../queue/queue.ts';
import { auditMerge } from './audit-merge.ts';
import { concluding } from './concluding.ts';
import { listMergeGroups } from './open-merge-groups.ts';
import { lookAgainAt } from './spread.ts';
import type { SubjectOf, Tools, Work } from './work.ts';

/**
 * A pull request as it is now. What its jobs say of it is not looked at, but for presses of buttons and who pushed, which
 * GitHub does not keep: so deliveries may come late, twice or in any order.
 */
export const lookAtPullRequest: Work<'pull-request'> = async (subjects, tools, stop, retryInMs) => {
  const [{ installationId, repository, number }] = subjects;
  const { appId, clients, evaluations, lastRuns, now, secret } = tools;
  const startedAt = now();
  let waitedMs = 0;
  const client = await clients.check.installation(installationId, stop, (waitMs) => (waitedMs += waitMs));
  const found = await readOrNull(client, repository, number, appId);
  if (found === null) return 'it is gone';
  const { baseRef, headSha } = found;
  if (found.isMerged) return auditMerge(found, repository, tools);
  const presses = subjects.flatMap(({ press }) => press ?? []);
  const pushes = subjects.flatMap(({ push }) => push ?? []);
  // A press is kept nowhere else, should it be reopened
  if (!found.isOpen && presses.length === 0) {
    await lookAgain(subjects[0], found.checks?.head.pullRequests ?? [], tools);
    return 'it is closed';
  }

  const again = subjects.some((subject) => subject.again);
  const runs = found.checks?.runs ?? [];
  const check = await beginCheck(
    client,
    repository,
    {
      ...{ appId, number, headSha, baseRef, again, runs, texts: found.checks?.texts ?? new Map() },
      record: (ledger) => recordPushes(recordPresses(ledger, presses), pushes),
    },
    lastRuns,
  );
  const evaluated = await concluding(
    check,
    async (signal) => {
      const evaluate = evaluations.within(signal);
      const options = { policyPath: null, today: dayOf(startedAt), evaluate, blobs: tools.blobs };
      const inTime = await clients.check.installation(installationId, signal, (waitMs) => (waitedMs += waitMs));
      const records = { ledger: check.ledger, secret, shownAt: shownAt(runs, number) };
      const evaluating = evaluatePullRequest(inTime, repository, found, options, records);
      return await shownWhenSlow(check, evaluating, tools.showAfterMs);
    },
    tools,
    { stop, retryInMs },
  );
  if (evaluated === 'broken off') return 'could not be evaluated';

  // An approval that came while somebody pushed is not one of what was pushed, and neither is this verdict about that
  const isFresh = now() - startedAt < tools.freshMs && found.checks !== null;
  const current = isFresh
    ? { ...found, head: found.checks.head }
    : await readPullRequestLater(client, repository, number, appId);
  if (current.headSha !== headSha && check.isShown()) await check.finish(supersededCheck(check.memory));
  if (current.headSha !== headSha || current.baseRef !== baseRef) {
    throw new Later(0, 'it was pushed to, or retargeted, while it was evaluated');
  }
  stop.throwIfAborted();

  const { baseSha, basis, code, evaluation } = evaluated;
  const own = checkOf(evaluated);
  const read = (run: KnownCheckRun) => readCheckText(client, repository, run);
  const sharers = lastRuns.withLastOfSharers(repository, headSha, current.head);
  const { check: joined, unseen } = await joinSharers(own, number, sharers, read);
  const result = await check.finish(own, { code, basis, waitedMs, joined });
  measure(subjects, evaluation.verdict, startedAt, tools);
  await lookAgain(subjects[0], unseen, tools);
  const hasPassed = runs.some((run) => run.headSha === headSha && run.conclusion?.toLowerCase() === 'success');
  if (result === 'published' && joined.conclusion !== 'success' && hasPassed) {
    await lookAtGroups(client, subjects[0], baseRef, tools);
  }

  const forComments = await clients.comment.installation(installationId, stop);
  const body = renderComment(evaluation, { version, approve: { code } });
  const suggestions = suggestionsOf(evaluated);
  const listed = { currentHeadSha: current.headSha, isOpen: current.isOpen, nodes: current.comments };
  const comment = await publishComment(
    forComments,
    repository,
    { number, headSha, body, baseSha, suggestions },
    listed,
  );
  const receipts = await publishReceipts(forComments, repository, number, evaluated);
  const refusals = [comment, receipts].flatMap((result) => (result.kind === 'refused' ? [result.error] : []));
  const passing = refusals.find((error) => rateLimitOf(error) !== null || isOutage(error));
  if (passing !== undefined) throw passing;
  return [evaluation.verdict, ...refusals.map(explain)].join('; ');
};

/** null for one that is gone with its repository, or that the App may not see any more. */
async function readOrNull(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  appId: number,
): Promise<PullRequestNow | null> {
  try {
    return await readPullRequest(client, repository, number, appId);
  } catch (error) {
    // Without an installation it is GitHub's answer about that
    if (!(error instanceof Error) || error.name !== 'GraphqlResponseError' || isWithoutInstallation(error)) throw error;
    if (await isThere(client, repository, number)) throw error;
    return null;
  }
}

/** GraphQL says NOT_FOUND on a bad day too. */
async function isThere(client: GitHubClient, repository: RepositoryName, number: number): Promise<boolean> {
  try {
    await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...repository, pull_number: number });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** What the check said of a commit before a time. */
function shownAt(runs: readonly KnownCheckRun[], number: number) {
  return (commit: string, at: string) => {
    const before = runs.find(({ about, completedAt, headSha, isCompleted }) => {
      const isOfIt = isCompleted && about.pullRequest === number && headSha === commit && about.basis !== null;
      return isOfIt && completedAt !== null && Date.parse(completedAt) <= Date.parse(at);
    });
    return before?.about ?? null;
  };
}

/** Shows that there will be a verdict where it takes a while: a check that is there at once is one write, not two. */
async function shownWhenSlow<Result>(
  check: { show(): Promise<void> },
  work: Promise<Result>,
  afterMs: number,
): Promise<Result> {
  const shown: Promise<void>[] = [];
  const timer = setTimeout(() => {
    // Whoever finishes the check meets the same error
    shown.push(check.show().catch(() => undefined));
  }, afterMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    await Promise.all(shown);
  }
}

/** Has others looked at that have, or had, the same head. */
async function lookAgain(
  { installationId, repository }: SubjectOf<'pull-request'>,
  numbers: readonly number[],
  { now, queue }: Tools,
): Promise<void> {
  await queue.add(lookAgainAt({ installationId, repository }, numbers, now()));
}

/** A pull request that passed may be in the queue already, where its group is judged by the approvals of then. */
async function lookAtGroups(
  client: GitHubClient,
  { installationId, repository }: SubjectOf<'pull-request'>,
  baseRef: string,
  { now, queue }: Tools,
): Promise<void> {
  const groups = await listMergeGroups(client, repository, baseRef);
  const jobs = groups.map((group) => jobOf({ kind: 'merge-group', installationId, repository, group }));
  await queue.add(jobs.map((job) => ({ ...job, id: `fallen/${now()}/${job.key}` })));
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
