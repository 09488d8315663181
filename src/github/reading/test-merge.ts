import { setTimeout as sleep } from 'node:timers/promises';
import type { GitHubClient, RepositoryName } from '../http/client.ts';

/** GitHub merges when it is first asked, and takes a moment. */
const tries = 4;
const apartMs = 1500;

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly mergeable: string;
      readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
      readonly potentialMergeCommit: {
        readonly oid: string;
        readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
      } | null;
    };
  };
}

const query = `query ($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      mergeable
      baseRef { target { oid } }
      potentialMergeCommit { oid parents(first: 2) { nodes { oid } } }
    }
  }
}`;

/**
 * The commit that GitHub makes of a pull request and its base to try whether they can be merged; null where they conflict,
 * and therefore can't be. Throws while GitHub does not say.
 */
export async function readTestMerge(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  headSha: string,
): Promise<string | null> {
  for (let left = tries; left > 0; left -= 1) {
    const answer: Answer = await client.graphql(query, { ...repository, number });
    const { baseRef, mergeable, potentialMergeCommit: merge } = answer.repository.pullRequest;
    if (mergeable === 'CONFLICTING') return null;
    const parents = merge?.parents.nodes.map(({ oid }) => oid) ?? [];
    // Until it has caught up with a push, GitHub shows the merge from before
    if (merge !== null && parents[0] === baseRef?.target?.oid && parents[1] === headSha) return merge.oid;
    if (left > 1) await sleep(apartMs);
  }
  throw new Error('GitHub has not said yet what the pull request and its base come to when they are merged');
}
