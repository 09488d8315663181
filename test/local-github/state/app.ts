import type { Permissions, WebhookEvent } from '../operations.ts';
import type { Account } from './account.ts';
import { appKey } from './app-key.ts';
import { Budget } from './budget.ts';
import type { Delivery } from './delivery.ts';
import { Installation, type NewInstallation } from './installation.ts';
import type { World } from './world.ts';

export interface NewApp {
  readonly slug: string;
  /** The account that registered it; `acme` where not given. */
  readonly owner?: string;
  readonly permissions: Permissions;
  readonly events: readonly WebhookEvent[];
}

/** A registered GitHub App. It acts as `<slug>[bot]`. */
export class App {
  readonly id: number;
  readonly slug: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly createdAt: string;
  readonly clientId: string;
  /** PEM of an RSA key, as GitHub gives it when the App is registered. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly hookId: number;
  readonly budget = new Budget();
  permissions: Permissions;
  readonly events: readonly WebhookEvent[];
  readonly installations: Installation[] = [];
  /** Oldest first. */
  readonly deliveries: Delivery[] = [];
  /** Where deliveries go; while there is no address they fail, as where nobody listens. */
  #hookUrl: string | null = null;
  readonly #world: World;

  constructor(world: World, { slug, owner = 'acme', permissions, events }: NewApp) {
    this.#world = world;
    this.id = world.sequence.nextId();
    this.hookId = world.sequence.nextId();
    this.slug = slug;
    this.owner = world.account(owner, 'Organization');
    this.bot = world.botOf(this);
    this.createdAt = world.sequence.nextInstant();
    this.clientId = `Iv23li${String(this.id).padStart(14, '0')}`;
    this.privateKey = appKey(world.apps.length);
    this.webhookSecret = `webhook-secret-${this.id}`;
    this.permissions = permissions;
    this.events = events;
    world.apps.push(this);
  }

  get hookUrl(): string | null {
    return this.#hookUrl;
  }

  deliverTo(url: string | null): void {
    this.#hookUrl = url;
  }

  /** As when the webhook was just set up. */
  ping(): void {
    this.#world.emit({ event: 'ping', app: this });
  }

  install(request: NewInstallation): Installation {
    const installation = new Installation(this.#world, this, request);
    this.installations.push(installation);
    installation.emit('created', request.by);
    return installation;
  }

  findInstallation(id: number): Installation | undefined {
    return this.installations.find((installation) => installation.id === id);
  }

  /** An App that may write checks gets their events without asking ("Webhook events and payloads", check_run). */
  subscribesTo(event: WebhookEvent): boolean {
    const isAboutIt = ['installation', 'installation_repositories', 'ping'].includes(event);
    const isAboutChecks = event === 'check_run' || event === 'check_suite';
    return isAboutIt || this.events.includes(event) || (isAboutChecks && this.permissions.checks === 'write');
  }
}
