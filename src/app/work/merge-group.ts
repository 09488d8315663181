import { beginGroupCheck } from '../../github/checks/begin-check.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { groupCheckOf } from '../../github/checks/evaluated-check.ts';
import { evaluateMergeGroup } from '../../github/evaluate-merge-group.ts';
import { emptyLedger } from '../../core/policy/approvals/ledger.ts';
import { readLedger } from '../../github/checks/known-check-runs.ts';
import type { PullRequestNow } from '../../github/reading/pull-request.ts';
import { dayOf } from '../../workspace/today.ts';
import { concluding } from './concluding.ts';
import type { Work } from './work.ts';

/** What a merge queue is about to merge, all its pull requests together. */
export const lookAtMergeGroup: Work<'merge-group'> = async (subjects, tools, stop, retryInMs) => {
  const { installationId, repository, group } = subjects.at(-1) ?? subjects[0];
  const { appId, clients, evaluations, metrics, now, secret } = tools;
  const { headSha } = group;
  const startedAt = now();
  let waitedMs = 0;
  const client = await clients.check.installation(installationId, stop, (waitMs) => (waitedMs += waitMs));
  const check = await beginGroupCheck(client, repository, { appId, headSha, again: true });
  const evaluation = await concluding(
    check,
    async (signal) => {
      const evaluate = evaluations.within(signal);
      const options = { policyPath: null, today: dayOf(startedAt), evaluate };
      const inTime = await clients.check.installation(installationId, signal, (waitMs) => (waitedMs += waitMs));
      const baseSha = group.baseSha ?? (await readTip(inTime, repository, group.baseRef));
      const readLedgerOf = (member: PullRequestNow) =>
        member.checks === null
          ? Promise.resolve(emptyLedger)
          : readLedger(inTime, repository, member.number, member.checks);
      const records = { secret, appId, readLedger: readLedgerOf };
      return await evaluateMergeGroup(inTime, repository, { ...group, baseSha }, options, records);
    },
    tools,
    { stop, retryInMs },
  );
  if (evaluation === 'broken off') return 'could not be evaluated';
  stop.throwIfAborted();
  const { verdict } = evaluation;
  await check.finish(groupCheckOf(evaluation), { waitedMs });
  metrics.evaluations.observe({ kind: 'merge-group', verdict }, (now() - startedAt) / 1000);
  return verdict;
};

/** With the groups before it, where the queue has several: more than it adds is judged then, and never less. */
async function readTip(client: GitHubClient, repository: RepositoryName, branch: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}';
  return (await client.request(route, { ...repository, ref: `heads/${branch}` })).data.sha;
}
