import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Api, type RecordedRequest } from './api.ts';
import { type Fault, Faults } from './faults.ts';
import { listen, type ListeningServer } from './http-server.ts';
import type { Permissions } from './operations.ts';
import { pullRequestJson } from './rest/json/pull-request.ts';
import { fullRepositoryJson } from './rest/json/repository.ts';
import { accountJson } from './rest/json/account.ts';
import type { Account } from './state/account.ts';
import type { PullRequest } from './state/pull-request.ts';
import { type NewRepository, Repository } from './state/repository.ts';
import { World } from './state/world.ts';

/**
 * A GitHub on loopback, over real git repositories. What it is asked and what it answers is held against GitHub's own
 * OpenAPI description and GraphQL schema; a test asserts that `violations` stays empty.
 */
export class LocalGitHub {
  /** Base of the REST API. */
  readonly url: string;
  readonly graphqlUrl: string;
  readonly requests: readonly RecordedRequest[];
  readonly violations: readonly string[];
  readonly #world: World;
  readonly #faults: Faults;
  readonly #server: ListeningServer;

  private constructor(world: World, faults: Faults, api: Api, server: ListeningServer) {
    this.#world = world;
    this.#faults = faults;
    this.#server = server;
    this.requests = api.requests;
    this.violations = api.violations;
    this.url = server.origin;
    this.graphqlUrl = `${server.origin}/graphql`;
  }

  static async start(): Promise<LocalGitHub> {
    const world = new World(await mkdtemp(join(tmpdir(), 'local-github-')));
    const faults = new Faults();
    const api = new Api(world, faults);
    return new LocalGitHub(world, faults, api, await listen((request) => api.answer(request)));
  }

  createRepository(repository: NewRepository): Promise<Repository> {
    return Repository.create(this.#world, repository);
  }

  /** As when the owner of a fork deletes it: what it brought to other repositories stays there. */
  deleteRepository(repository: Repository): void {
    this.#world.deleteRepository(repository);
  }

  /** Members and invited people by login. */
  addTeam({ invited = [], members, org, slug }: NewTeam): void {
    const member = (login: string, state: 'active' | 'pending') => ({ login: this.#world.account(login).login, state });
    const active = members.map((login) => member(login, 'active'));
    const pending = invited.map((login) => member(login, 'pending'));
    this.#world.addTeam({ org, slug, members: [...active, ...pending] });
  }

  /** A token that acts as an account, with a GitHub App's permissions. */
  tokenFor({ login, permissions, type }: NewToken): string {
    const token = `ghs_${String(this.#world.tokens.size + 1).padStart(36, '0')}`;
    this.#world.tokens.set(token, { account: this.#world.account(login, type), permissions });
    return token;
  }

  /** Lets the next matching requests fail, wait or be cut short. */
  failNext(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** The payload of a `pull_request` event, as a workflow finds it in its event file. */
  async pullRequestEvent(pullRequest: PullRequest, action = 'synchronize') {
    const urls = { api: this.url, html: this.url };
    return {
      action,
      number: pullRequest.number,
      pull_request: await pullRequestJson(pullRequest, urls),
      repository: fullRepositoryJson(pullRequest.repository, urls),
      sender: accountJson(pullRequest.author, urls),
    };
  }

  /** Stops the server and deletes the repositories. */
  async close(): Promise<void> {
    await this.#server.close();
    await this.#world.close();
  }
}

export interface NewTeam {
  readonly org: string;
  readonly slug: string;
  readonly members: readonly string[];
  /** They have not accepted yet: GitHub calls them pending, and they are no members. */
  readonly invited?: readonly string[];
}

export interface NewToken {
  /** A bot's login ends in `[bot]`. */
  readonly login: string;
  readonly type?: Account['type'];
  readonly permissions: Permissions;
}
