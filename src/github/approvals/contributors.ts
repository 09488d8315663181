import type { Contributors } from '../../core/policy/approvals/count-approvals.ts';
import type { Push } from '../../core/policy/approvals/ledger.ts';

export interface CommitNode {
  readonly oid: string;
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
  readonly committer: GitActor | null;
  readonly authors: { readonly totalCount: number; readonly nodes: readonly GitActor[] };
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
}

interface GitActor {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: { readonly login: string } | null;
}

const gitActor = 'name email user { login }';

// "authors" are the commit's own and those of its Co-authored-by trailers (GraphQL, Commit.authors)
export const commitsPage = `commits(first: 50, after: $after) {
  totalCount
  nodes { commit {
    oid
    parents(first: 3) { nodes { oid } }
    committer { ${gitActor} }
    authors(first: 20) { totalCount nodes { ${gitActor} } }
    signature { isValid wasSignedByGitHub }
  } }
  pageInfo { hasNextPage endCursor }
}`;

/** The commits of a pull request, and what else is known of who made it. */
export interface Making {
  readonly author: string | null;
  readonly commits: readonly CommitNode[];
  /** False where GitHub did not list all of them. */
  readonly areAll: boolean;
  /** Who pushed what, as far as deliveries have said it. */
  readonly pushes: readonly Push[];
  /** Merges of the base in which nobody has written anything. */
  readonly mereMerges: ReadonlySet<string>;
  /** Logins of bots that have an account. */
  readonly bots: ReadonlySet<string>;
}

/**
 * Everybody who made a part of a pull request: its author, authors, co-authors and committers of its commits, and who
 * pushed them. What a commit says of its author anybody can write; what GitHub signed it has seen.
 */
export function contributorsOf({ author, commits, areAll, pushes, mereMerges, bots }: Making): Contributors {
  const logins = new Set(author === null ? [] : [author]);
  const unlinked = new Set(author === null ? ['the author of the pull request, whose account is gone'] : []);
  let complete = areAll;
  for (const commit of commits) {
    if (mereMerges.has(commit.oid)) continue;
    const { authors, committer } = commit;
    const people = [
      ...authors.nodes,
      // GitHub commits as web-flow what people do on its pages, and then signs it
      ...(committer === null || (isWebFlow(committer) && isSignedByGitHub(commit)) ? [] : [committer]),
    ].filter((actor) => !isBot(actor, commit, bots));
    for (const { user, email, name } of people) {
      if (user !== null && user.login !== 'web-flow') logins.add(user.login);
      else unlinked.add((email ?? name ?? '').toLowerCase());
    }
    complete &&= authors.totalCount === authors.nodes.length;
  }
  const oids = commits.map(({ oid }) => oid);
  for (const push of pushes) {
    const pushed = oids.slice(oids.indexOf(push.before) + 1, oids.indexOf(push.after) + 1);
    if (pushed.some((oid) => !mereMerges.has(oid))) logins.add(push.by);
  }
  return { logins: [...logins], unlinked: [...unlinked], complete };
}

function isWebFlow({ email, user }: GitActor): boolean {
  return email === 'noreply@github.com' || user?.login === 'web-flow';
}

function isSignedByGitHub({ signature }: CommitNode): boolean {
  return signature?.isValid === true && signature.wasSignedByGitHub;
}

function isBot(actor: GitActor, commit: CommitNode, bots: ReadonlySet<string>): boolean {
  const login = botLoginOf(actor);
  return login !== null && (isSignedByGitHub(commit) || bots.has(login));
}

/** Whom a bot's address names: `49699333+dependabot[bot]@users.noreply.github.com`. */
function botLoginOf({ email, user }: GitActor): string | null {
  if (user !== null) return null;
  return /^(?:\d+\+)?([\w-]+\[bot\])@users\.noreply\.github\.com$/.exec(email ?? '')?.[1] ?? null;
}

/** Bots that are named by commits which nobody vouches for: whether there are such accounts has to be asked. */
export function botsToLookUp(commits: readonly CommitNode[]): readonly string[] {
  const actors = commits
    .filter((commit) => !isSignedByGitHub(commit))
    .flatMap(({ authors, committer }) => [...authors.nodes, ...(committer === null ? [] : [committer])]);
  return [...new Set(actors.flatMap((actor) => botLoginOf(actor) ?? []))];
}
