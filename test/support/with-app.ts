import { afterEach, beforeEach, expect } from 'vitest';
import { createClient, type GitHubClient } from '../../src/github/http/client.ts';
import type { Clock } from '../../src/github/http/patience.ts';
import { ask } from '../local-github/ask.ts';
import { jsonWebToken } from '../local-github/json-web-token.ts';
import type { App, NewApp } from '../local-github/state/app.ts';
import type { Installation } from '../local-github/state/installation.ts';
import { GitHubOfTests, repositoryName } from './with-github.ts';

/** What the App is registered with. */
export const appRegistration: NewApp = {
  slug: 'scalegate',
  permissions: {
    checks: 'write',
    contents: 'read',
    issues: 'write',
    merge_queues: 'read',
    pull_requests: 'write',
    statuses: 'write',
  },
  events: ['issue_comment', 'merge_group', 'pull_request', 'pull_request_review', 'push', 'repository'],
};

/** A GitHub on which scalegate's App is installed. */
export class GitHubWithApp extends GitHubOfTests {
  readonly name = repositoryName;
  #app: App | null = null;
  #installation: Installation | null = null;

  get app(): App {
    if (this.#app === null) throw new Error('the App is there within a test only');
    return this.#app;
  }

  get installation(): Installation {
    if (this.#installation === null) throw new Error('the App is installed within a test only');
    return this.#installation;
  }

  override async start(): Promise<void> {
    await super.start();
    this.#app = this.local.createApp(appRegistration);
    this.#installation = this.#app.install({ account: repositoryName.owner });
  }

  /** A client with a token of the installation. */
  async appClient(clock?: Clock): Promise<GitHubClient> {
    const path = `/app/installations/${this.installation.id}/access_tokens`;
    const { at } = await ask(this.local, jsonWebToken(this.app))('POST', path);
    return createClient(String(at('token')), this.local.url, clock);
  }
}

/** Gives each test of a file its own GitHub with the App, and fails one whose requests GitHub would refuse. */
export function withApp(): GitHubWithApp {
  const github = new GitHubWithApp();
  beforeEach(() => github.start());
  afterEach(async () => {
    expect(github.local.violations).toEqual([]);
    await github.stop();
  });
  return github;
}
