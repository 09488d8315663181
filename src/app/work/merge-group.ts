import { evaluateMergeGroup } from '../../github/evaluate-merge-group.ts';
import type { GitHubClient, RepositoryName } from '../../github/client.ts';
import { concluding } from './concluding.ts';
import type { Work } from './work.ts';

/** What a merge queue is about to merge, all its pull requests together. */
export const lookAtMergeGroup: Work<'merge-group'> = async (subjects, tools, stop) => {
  const last = subjects.at(-1) ?? subjects[0];
  const { installationId, repository, group } = last;
  const startedAt = tools.now();
  return await concluding(
    { installationId, repository, pullRequest: null, headSha: group.headSha },
    async (target, signal) => {
      const { client } = target;
      await tools.publisher.announce(target, true);
      const baseSha = group.baseSha ?? (await readTip(client, repository, group.baseRef));
      const readLedger = (number: number) => tools.publisher.readLedger(client, repository, number);
      const records = { readLedger, secret: tools.secret };
      const evaluation = await evaluateMergeGroup(client, repository, { ...group, baseSha }, null, records);
      signal.throwIfAborted();
      await tools.publisher.publishGroup(target, evaluation);
      const { verdict } = evaluation;
      tools.metrics.evaluations.observe({ kind: 'merge-group', verdict }, (tools.now() - startedAt) / 1000);
      return verdict;
    },
    tools,
    stop,
  );
};

/** With the groups before it, where the queue has more than one: more than it adds is judged then, and never less. */
async function readTip(client: GitHubClient, repository: RepositoryName, branch: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}';
  return (await client.request(route, { ...repository, ref: `heads/${branch}` })).data.sha;
}
