import type { PullRequest } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import { allows, type Token } from '../state/token.ts';
import type { World } from '../state/world.ts';
import type { Permission } from '../operations.ts';
import { notFound, notPermitted } from '../refusal.ts';

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
  readonly #parameters: Readonly<Record<string, unknown>>;

  constructor(context: RestContext) {
    this.world = context.world;
    this.token = context.token;
    this.url = context.url;
    this.urls = context.urls;
    this.limits = context.limits;
    this.#parameters = context.parameters;
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

  has(name: string): boolean {
    return this.#parameters[name] !== undefined;
  }

  /** @throws Refusal 404 where the repository is missing, and only then 403 where the token may not. */
  permit(permissions: readonly Permission[]): void {
    if (this.has('owner')) found(this.world.findRepository(this.text('owner'), this.text('repo')));
    if (permissions.length === 0 || permissions.some((permission) => allows(this.token, permission))) return;
    throw notPermitted(permissions);
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
  /** Of the path, the query and the body together. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw notFound();
  return thing;
}
