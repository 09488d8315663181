import { afterEach, beforeEach, expect } from 'vitest';
import { createClient, type GitHubClient } from '../../src/github/http/client.ts';
import type { Clock } from '../../src/github/http/patience.ts';
import { LocalGitHub } from '../local-github/local-github.ts';
import type { Permissions } from '../local-github/operations.ts';
import type { FileChange } from '../local-github/git/write-commit.ts';
import type { Repository } from '../local-github/state/repository.ts';

/** What a job's own token has when the workflow grants the permissions of the README. */
export const jobPermissions = { contents: 'read', pull_requests: 'write' } as const satisfies Permissions;

/** The repository that all these tests are about. */
export const repositoryName = { owner: 'acme', repo: 'training' };

/** A GitHub for one test at a time: what a test asks of it is held against GitHub's own description. */
export class GitHubOfTests {
  #github: LocalGitHub | null = null;

  get local(): LocalGitHub {
    if (this.#github === null) throw new Error('the local GitHub runs within a test only');
    return this.#github;
  }

  async start(): Promise<void> {
    this.#github = await LocalGitHub.start();
  }

  async stop(): Promise<void> {
    await this.local.close();
    this.#github = null;
  }

  /** The repository, with a first commit of these files on main. */
  async repository(files: Record<string, FileChange> = { 'readme.md': '' }): Promise<Repository> {
    const repository = await this.local.createRepository({ owner: 'acme', name: 'training' });
    await repository.commit('main', files);
    return repository;
  }

  jobToken(permissions: Permissions = jobPermissions): string {
    return this.local.tokenFor({ login: 'github-actions[bot]', permissions });
  }

  client(options: { readonly permissions?: Permissions; readonly clock?: Clock } = {}): GitHubClient {
    return createClient(this.jobToken(options.permissions), this.local.url, options.clock);
  }

  /** `POST /graphql`, `GET /repos/{owner}/{repo}/pulls/{pull_number}`: what was asked so far. */
  asked(): string[] {
    return this.local.requests.map(({ method, path }) => `${method} ${path}`);
  }
}

/** Gives each test of a file its own GitHub, and fails one whose requests GitHub would refuse. */
export function withGitHub(): GitHubOfTests {
  const github = new GitHubOfTests();
  beforeEach(() => github.start());
  afterEach(async () => {
    expect(github.local.violations).toEqual([]);
    await github.stop();
  });
  return github;
}
