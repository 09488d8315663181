import type { Permission, Permissions } from '../operations.ts';
import type { InstallationAction } from '../webhooks/happening.ts';
import type { Account } from './account.ts';
import type { App } from './app.ts';
import { Budget } from './budget.ts';
import { grants } from './grants.ts';
import type { Repository } from './repository.ts';
import type { World } from './world.ts';

export interface NewInstallation {
  /** Login of the organization or user on whose repositories it is installed. */
  readonly account: string;
  /** All of the account, later ones included, where not given. */
  readonly repositories?: readonly Repository[];
  /** Who installs it; the account's own where not given. */
  readonly by?: string;
}

export class Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly createdAt: string;
  readonly budget = new Budget();
  /** What the account has accepted; an App that asks for more waits for that. */
  permissions: Permissions;
  suspended: { readonly at: string; readonly by: Account } | null = null;
  #selected: readonly Repository[] | 'all';
  readonly #world: World;

  constructor(world: World, app: App, { account, repositories }: NewInstallation) {
    this.#world = world;
    this.id = world.sequence.nextId();
    this.app = app;
    this.account = world.account(account, 'Organization');
    this.createdAt = world.sequence.nextInstant();
    this.permissions = app.permissions;
    this.#selected = repositories ?? 'all';
  }

  get selection(): 'all' | 'selected' {
    return this.#selected === 'all' ? 'all' : 'selected';
  }

  get repositories(): readonly Repository[] {
    if (this.#selected !== 'all') return this.#selected.filter(({ exists }) => exists);
    return this.#world.repositories().filter(({ owner }) => owner === this.account);
  }

  /** False once it was deleted. */
  get exists(): boolean {
    return this.app.installations.includes(this);
  }

  has(repository: Repository): boolean {
    return this.repositories.includes(repository);
  }

  allows(permission: Permission): boolean {
    return grants(this.permissions, permission);
  }

  suspend(by?: string): void {
    this.suspended = { at: this.#world.sequence.nextInstant(), by: this.#person(by) };
    this.emit('suspend', by);
  }

  unsuspend(by?: string): void {
    this.suspended = null;
    this.emit('unsuspend', by);
  }

  /** Uninstalls the App: its tokens end. */
  delete(by?: string): void {
    this.app.installations.splice(this.app.installations.indexOf(this), 1);
    this.emit('deleted', by);
  }

  /** As when the account accepts what the App asks for since its registration was changed. */
  acceptPermissions(by?: string): void {
    this.permissions = this.app.permissions;
    this.emit('new_permissions_accepted', by);
  }

  addRepositories(added: readonly Repository[], by?: string): void {
    this.#selected = [...this.repositories, ...added];
    this.#emitRepositories('added', added, by);
  }

  removeRepositories(removed: readonly Repository[], by?: string): void {
    this.#selected = this.repositories.filter((repository) => !removed.includes(repository));
    this.#emitRepositories('removed', removed, by);
  }

  emit(action: InstallationAction, by?: string): void {
    this.#world.emit({ event: 'installation', action, installation: this, sender: this.#person(by) });
  }

  #emitRepositories(action: 'added' | 'removed', repositories: readonly Repository[], by?: string): void {
    const sender = this.#person(by);
    this.#world.emit({ event: 'installation_repositories', action, installation: this, repositories, sender });
  }

  #person(login?: string): Account {
    return login === undefined ? this.account : this.#world.account(login);
  }
}
