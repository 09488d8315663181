import type { PullRequest } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import type { App } from '../state/app.ts';
import type { Delivery } from '../state/delivery.ts';
import { allows, reaches, type Token } from '../state/token.ts';
import type { World } from '../state/world.ts';
import type { Permission, RestOperation } from '../operations.ts';
import { restOperations } from '../operations.ts';
import { notFound, notPermitted, Refusal } from '../refusal.ts';

/** What a handler answers with; `body` is undefined where the status has none. */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RestHandler = (request: RestRequest) => Promise<RestAnswer> | RestAnswer;

/** Addresses of this server; every link in an answer starts with one of them. */
export interface Urls {
  /** `http://127.0.0.1:1234`, or with `/api/v3` where the request came that way. */
  readonly api: string;
  readonly html: string;
}

/** What GitHub caps, where a fault lowers the cap. */
export interface Limits {
  readonly fileList?: number | undefined;
  readonly treeEntries?: number | undefined;
}

/** A request that the OpenAPI description allows: parameters are there and have their types. */
export class RestRequest {
  readonly world: World;
  readonly token: Token;
  readonly url: URL;
  readonly urls: Urls;
  readonly limits: Limits;
  readonly body: Readonly<Record<string, unknown>>;
  /** Sends an App one of its deliveries again. */
  readonly redeliver: (app: App, delivery: Delivery) => void;
  readonly #parameters: Readonly<Record<string, unknown>>;

  constructor(context: RestContext) {
    this.world = context.world;
    this.token = context.token;
    this.url = context.url;
    this.urls = context.urls;
    this.limits = context.limits;
    this.body = context.body;
    this.redeliver = context.redeliver;
    this.#parameters = { ...context.body, ...context.parameters };
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new Error(`The request has no ${name}`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#parameters[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number {
    const value = this.#parameters[name];
    if (typeof value !== 'number') throw new Error(`The request has no ${name}`);
    return value;
  }

  optional(name: string): unknown {
    return this.#parameters[name];
  }

  has(name: string): boolean {
    return this.#parameters[name] !== undefined;
  }

  /** @throws Refusal 404 where the repository is missing, and only then 403 where the caller may not. */
  permit(operation: RestOperation): void {
    const caller: readonly Permission[] | 'app' | 'anyone' = restOperations[operation];
    if (caller === 'app') {
      if (this.token.app === null || this.token.installation !== null) throw new Refusal(401, wantsApp);
      return;
    }
    if (caller === 'anyone') return;
    const isWrite = !operation.startsWith('GET ');
    if (this.has('owner')) this.#permitRepository(isWrite, caller);
    if (caller.length === 0 || caller.some((permission) => allows(this.token, permission))) return;
    throw notPermitted(caller);
  }

  /** What is not the installation's is read like by a stranger: what is public, and nothing is written. */
  #permitRepository(isWrite: boolean, permissions: readonly Permission[]): void {
    const { repository, token } = this;
    if (!reaches(token, repository)) {
      if (repository.private) throw notFound();
      if (isWrite) throw notPermitted(permissions);
    }
    if (isWrite && repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
  }

  /** The App that asks with its JSON Web Token. */
  get app(): App {
    return found(this.token.app ?? undefined);
  }

  /** @throws Refusal 404, as for every missing thing below. */
  get repository(): Repository {
    return found(this.world.findRepository(this.text('owner'), this.text('repo')));
  }

  get pullRequest(): PullRequest {
    return found(this.repository.findPullRequest(this.number('pull_number')));
  }

  /** The commit that a branch, tag or id names in the repository. */
  async commit(revision: string): Promise<string> {
    return found((await this.repository.git.resolve(revision)) ?? undefined);
  }
}

export interface RestContext {
  readonly world: World;
  readonly token: Token;
  readonly url: URL;
  readonly urls: Urls;
  readonly limits: Limits;
  /** Of the path and the query. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly redeliver: (app: App, delivery: Delivery) => void;
}

const wantsApp = 'A JSON web token could not be decoded';

export function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw notFound();
  return thing;
}
