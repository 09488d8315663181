import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Happening } from '../webhooks/happening.ts';
import { type Account, isBotLogin, loginOfNoReplyAddress } from './account.ts';
import type { App } from './app.ts';
import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';
import { Sequence } from './sequence.ts';
import type { Team } from './team.ts';
import type { Token } from './token.ts';

/** Everything that this GitHub knows. Names are found whatever their case, as on GitHub. */
export class World {
  readonly sequence = new Sequence();
  readonly tokens = new Map<string, Token>();
  readonly apps: App[] = [];
  /** Whoever tells Apps of what happens. */
  listener: ((happening: Happening) => void) | null = null;
  /** How long it takes until what was written is listed. */
  lagMs = 0;
  readonly #folder: string;
  readonly #addresses = new Map<string, string>();
  readonly #writtenAt = new WeakMap<object, number>();
  readonly #accounts = new Map<string, Account>();
  readonly #repositories = new Map<string, Repository>();
  readonly #teams = new Map<string, Team>();
  readonly #manifests = new Map<string, App>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The account of that login, made where there was none: a name that a test mentions exists. */
  account(login: string, type: Account['type'] = login.endsWith('[bot]') ? 'Bot' : 'User'): Account {
    const account = this.findAccount(login) ?? { id: this.sequence.nextId(), login, type };
    this.#accounts.set(login.toLowerCase(), account);
    return account;
  }

  botOf(app: App): Account {
    const bot: Account = { id: this.sequence.nextId(), login: `${app.slug}[bot]`, type: 'Bot', app };
    this.#accounts.set(bot.login.toLowerCase(), bot);
    return bot;
  }

  /** A code for which GitHub once gives what was registered from a manifest. */
  addManifest(app: App): string {
    const code = `code${this.sequence.nextId()}`;
    this.#manifests.set(code, app);
    return code;
  }

  takeManifest(code: string): App | undefined {
    const app = this.#manifests.get(code);
    this.#manifests.delete(code);
    return app;
  }

  emit(happening: Happening): void {
    this.listener?.(happening);
  }

  findAccount(login: string): Account | undefined {
    return this.#accounts.get(login.toLowerCase());
  }

  /** The account that a commit's address belongs to: one that was linked, or the one that a no-reply address names. */
  accountOfAddress(email: string): Account | undefined {
    const linked = this.#addresses.get(email.toLowerCase());
    if (linked !== undefined) return this.account(linked);
    const login = loginOfNoReplyAddress(email);
    // A bot that nobody has made has no account; of people a test's mention is enough
    if (login === undefined || isBotLogin(login)) return login === undefined ? undefined : this.findAccount(login);
    return this.account(login);
  }

  linkAddress(email: string, login: string): void {
    this.#addresses.set(email.toLowerCase(), login);
  }

  /** Notes that something was written that lists may not show yet. */
  wrote(item: object): void {
    this.#writtenAt.set(item, Date.now());
  }

  /** What of a list GitHub shows by now. */
  listed<Item extends object>(items: readonly Item[]): readonly Item[] {
    if (this.lagMs === 0) return items;
    const until = Date.now() - this.lagMs;
    return items.filter((item) => (this.#writtenAt.get(item) ?? 0) <= until);
  }

  repositoryPath(owner: string, name: string): string {
    return join(this.#folder, owner, `${name}.git`);
  }

  addRepository(repository: Repository): void {
    this.#repositories.set(repository.fullName.toLowerCase(), repository);
  }

  repositories(): Repository[] {
    return [...new Set(this.#repositories.values())];
  }

  /** Also by a name that it had before: GitHub redirects. */
  findRepository(owner: string, name: string): Repository | undefined {
    return this.#repositories.get(`${owner}/${name}`.toLowerCase());
  }

  /** Pull requests from it stay, with a head whose repository is unknown. */
  deleteRepository(repository: Repository): void {
    for (const [name, known] of this.#repositories) if (known === repository) this.#repositories.delete(name);
    repository.git.close();
  }

  pullRequests(): PullRequest[] {
    return this.repositories().flatMap(({ pullRequests }) => pullRequests);
  }

  addTeam(team: Team): void {
    this.#teams.set(`${team.org}/${team.slug}`.toLowerCase(), team);
  }

  removeFromTeam(org: string, slug: string, login: string): void {
    const team = this.findTeam(org, slug);
    if (team === undefined) throw new Error(`There is no team ${org}/${slug}`);
    this.addTeam({ ...team, members: team.members.filter((member) => member.login !== login) });
    const [member, sender] = [this.account(login), this.account(org)];
    this.emit({ event: 'membership', action: 'removed', team, member, sender });
  }

  findTeam(org: string, slug: string): Team | undefined {
    return this.#teams.get(`${org}/${slug}`.toLowerCase());
  }

  isMemberOf(org: string, login: string): boolean {
    const teams = [...this.#teams.values()].filter((team) => team.org.toLowerCase() === org.toLowerCase());
    return teams.some(({ members }) => members.some((member) => member.login === login && member.state === 'active'));
  }

  async close(): Promise<void> {
    for (const repository of this.repositories()) repository.git.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
