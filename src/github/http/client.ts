import { getOctokit } from '@actions/github';
import { withPatience, type Clock } from './patience.ts';

type Octokit = ReturnType<typeof getOctokit>;

/** The few methods of Octokit that are used, so that the client of the Action and that of an App both fit. */
export type GitHubClient = Pick<Octokit, 'request' | 'graphql'>;

/** A repository by name. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** Where commits are looked for: the repository, and for the head of a pull request also the fork that it is from. */
export type Repositories = readonly [RepositoryName, ...RepositoryName[]];

/**
 * A client for one token that waits where GitHub asks it to. `baseUrl` is that of the REST API (GITHUB_API_URL); the
 * GraphQL address follows from it. Proxies of the environment are honored.
 */
export function createClient(token: string, baseUrl: string, clock?: Clock): GitHubClient {
  const octokit = getOctokit(token, { baseUrl, userAgent: 'scalegate', log: silent });
  octokit.hook.wrap('request', withPatience(clock));
  return octokit;
}

/** Octokit warns of deprecations on the console; what people are told goes through the report. */
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
