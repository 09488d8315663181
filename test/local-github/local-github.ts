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
import { App, type NewApp } from './state/app.ts';
import type { PullRequest } from './state/pull-request.ts';
import { type NewRepository, Repository } from './state/repository.ts';
import { plainToken } from './state/token.ts';
import { World } from './state/world.ts';
import { Webhooks } from './webhooks/webhooks.ts';

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
  /** What Apps are told: to be held back, reordered, lost or doubled, and waited for. */
  readonly webhooks: Webhooks;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #server: ListeningServer;

  private constructor(world: World, faults: Faults, api: Api, server: ListeningServer, webhooks: Webhooks) {
    this.webhooks = webhooks;
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
    const violations: string[] = [];
    const server = await listen((request) => api.answer(request));
    const webhooks = new Webhooks(world, { api: server.origin, html: server.origin }, violations);
    const redeliver: Webhooks['redeliver'] = (app, delivery) => {
      webhooks.redeliver(app, delivery);
    };
    const api = new Api(world, faults, redeliver, violations);
    return new LocalGitHub(world, faults, api, server, webhooks);
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
    this.#world.tokens.set(token, plainToken(this.#world.account(login, type), permissions));
    return token;
  }

  /** Registers a GitHub App; `install` and `deliverTo` are the App's own. */
  createApp(app: NewApp): App {
    return new App(this.#world, app);
  }

  /** Registers an App as from a manifest, and returns the code for which GitHub hands out its secrets, once. */
  convertManifest(app: NewApp): { readonly app: App; readonly code: string } {
    const registered = this.createApp(app);
    return { app: registered, code: this.#world.addManifest(registered) };
  }

  pullRequests(): readonly PullRequest[] {
    return this.#world.pullRequests();
  }

  /** The App of that name. */
  app(slug: string): App {
    const app = this.#world.apps.find((candidate) => candidate.slug === slug);
    if (app === undefined) throw new Error(`There is no App ${slug}`);
    return app;
  }

  /** Has lists show what is written only after a while. */
  lag(milliseconds: number): void {
    this.#world.lagMs = milliseconds;
  }

  /** Makes an address one of an account's own, so that commits under it are linked to the account. */
  linkAddress(email: string, login: string): void {
    this.#world.linkAddress(email, login);
  }

  /** Somebody leaves a team, of which Apps that may see members are told. */
  removeFromTeam(org: string, slug: string, login: string): void {
    this.#world.removeFromTeam(org, slug, login);
  }

  /** All tokens of installations end, as after an hour. */
  expireTokens(): void {
    for (const [text, token] of this.#world.tokens) {
      if (token.installation !== null) this.#world.tokens.set(text, { ...token, expiresAt: 0 });
    }
  }

  /** Its clock, by which what happens is later than all that has happened. Milliseconds since 1970. */
  now(): number {
    return Date.parse(this.#world.sequence.nextInstant());
  }

  /** Lets the next matching requests fail, wait or be cut short. */
  failNext(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Requests that did not come do not fail any more. */
  clearFaults(): void {
    this.#faults.clear();
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
    this.#world.listener = null;
    await this.webhooks.quiet();
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
