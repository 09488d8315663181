import type { Contributors } from '../core/policy/approval.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import type { PullRequest } from './pull-request.ts';
import { readPages, type PageInfo } from './read-pages.ts';

interface GitActor {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: { readonly login: string } | null;
}

interface CommitsPage {
  readonly commits: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly commit: {
        readonly committer: GitActor | null;
        readonly authors: { readonly totalCount: number; readonly nodes: readonly GitActor[] };
      };
    }[];
    readonly pageInfo: PageInfo;
  };
}

// "authors" are the commit's own and those of its Co-authored-by trailers (GraphQL, Commit.authors)
const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      commits(first: 100, after: $after) {
        totalCount
        nodes { commit {
          committer { ...actor }
          authors(first: 20) { totalCount nodes { ...actor } }
        } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
fragment actor on GitActor { name email user { login } }`;

/** Everybody who wrote a part of a pull request: its author, and authors, co-authors and committers of its commits. */
export async function readContributors(
  client: GitHubClient,
  repository: RepositoryName,
  { number, author }: Pick<PullRequest, 'number' | 'author'>,
): Promise<Contributors> {
  const logins = new Set(author === null ? [] : [author]);
  const strangers = new Set(author === null ? ['the author of the pull request'] : []);
  const pageInfoOf = ({ commits }: CommitsPage) => commits.pageInfo;
  const pages = await readPages(client, query, repository, number, pageInfoOf);
  const nodes = pages.flatMap(({ commits }) => commits.nodes);
  let complete = nodes.length === pages.at(-1)?.commits.totalCount;
  for (const { commit } of nodes) {
    const people = [...commit.authors.nodes, ...(commit.committer === null ? [] : [commit.committer])].filter(isPerson);
    for (const { user, email, name } of people) {
      if (user !== null) logins.add(user.login);
      else strangers.add((email ?? name ?? '').toLowerCase());
    }
    complete &&= commit.authors.totalCount === commit.authors.nodes.length;
  }
  return { logins: [...logins], strangers: strangers.size, complete };
}

/** GitHub commits as `web-flow` what people do on its pages; apps have an address that says so. Neither can approve. */
function isPerson({ email, user }: GitActor): boolean {
  if (user !== null) return user.login !== 'web-flow';
  return email !== 'noreply@github.com' && !(email ?? '').endsWith('[bot]@users.noreply.github.com');
}
