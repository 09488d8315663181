import { authenticate } from './authenticate.ts';
import { asNotModified } from './conditional.ts';
import { applyFault, type Fault, type Faults, keepSilence, primaryRateLimit } from './faults.ts';
import { executeGraphql, readQuery } from './graphql/execute-graphql.ts';
import type { HttpAnswer, HttpRequest } from './http-server.ts';
import { restOperations } from './operations.ts';
import { Refusal } from './refusal.ts';
import { restHandlers } from './rest/handlers.ts';
import { type RestAnswer, RestRequest } from './rest/rest-request.ts';
import { findRoute, type Route } from './router.ts';
import { checkAnswer, checkRequest } from './schema-check.ts';
import { Budget } from './state/budget.ts';
import { plainToken, type Token } from './state/token.ts';
import type { World } from './state/world.ts';
import { Violation } from './violation.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** One request that the server answered. */
export interface RecordedRequest {
  readonly method: string;
  /** The operation's path, `/repos/{owner}/{repo}`, or `/graphql`. */
  readonly path: string;
  /** The path and query as they came. */
  readonly url: string;
  readonly status: number;
}

/** GitHub's API over a world. Keeps the requests it answered and what was wrong with them or with its answers. */
export class Api {
  readonly world: World;
  readonly requests: RecordedRequest[] = [];
  readonly violations: string[];
  readonly #faults: Faults;
  readonly #redeliver: Webhooks['redeliver'];
  readonly #strangers = new Budget();

  constructor(world: World, faults: Faults, redeliver: Webhooks['redeliver'], violations: string[]) {
    this.world = world;
    this.#faults = faults;
    this.#redeliver = redeliver;
    this.violations = violations;
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const { method, url } = request;
    const target = targetOf(request);
    const budget = this.#budgetOf(request);
    const fault = this.#faults.take({ method, path: target.path, template: target.template });
    const whole = await this.#answerTo(target, request, fault);
    if (fault !== undefined) await keepSilence(fault);
    const answer = target.route === 'graphql' ? whole : asNotModified(whole, request);
    this.requests.push({ method, path: target.template, url: url.pathname + url.search, status: answer.status });
    // A request that is answered with 304 is free ("Best practices for using the REST API").
    if (answer.status !== 304) budget.spend();
    const { limit, remaining, reset, used } = budget.state();
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-used': String(used),
      'x-ratelimit-resource': target.route === 'graphql' ? 'graphql' : 'core',
      'x-github-request-id': String(this.requests.length),
    };
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  async #answerTo(target: Target, request: HttpRequest, fault?: Fault): Promise<HttpAnswer> {
    try {
      if (target.route === 'graphql') return await this.#answerGraphql(request, fault);
      if (target.route !== undefined) return await this.#answerRest(target, target.route, request, fault);
      return this.#violated([`${request.method} ${target.path}: the local GitHub has no such operation`]);
    } catch (error) {
      if (error instanceof Violation) return this.#violated(error.reasons);
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return this.#violated([`${request.method} ${target.template}: ${reason}`]);
    }
  }

  async #answerRest({ prefix }: Target, route: Route, request: HttpRequest, fault?: Fault): Promise<HttpAnswer> {
    const { operation } = route;
    const query = Object.fromEntries(request.url.searchParams);
    const body = bodyOf(request);
    const checked = checkRequest(operation, { parameters: { ...query, ...route.parameters }, body });
    if (checked.violations.length > 0) throw new Violation(checked.violations);
    const answer = await orRefusal(async () => {
      const limits = fault === undefined ? {} : await applyFault(fault);
      const caller = restOperations[operation];
      const stranger = () => plainToken(this.world.account('ghost'), {});
      const token = caller === 'anyone' ? stranger() : this.#authenticate(request);
      if (checked.excesses.length > 0) throw new Refusal(422, `Invalid request.\n\n${checked.excesses.join('\n')}`);
      const urls = { html: request.url.origin, api: request.url.origin + prefix };
      const { world } = this;
      const details = { body: body ?? {}, parameters: checked.parameters, redeliver: this.#redeliver };
      const restRequest = new RestRequest({ world, token, url: request.url, urls, limits, ...details });
      restRequest.permit(operation);
      return restHandlers[operation](restRequest);
    });
    const violations = checkAnswer(operation, answer.status, answer.body);
    if (violations.length > 0) throw new Violation(violations);
    return { status: answer.status, headers: answer.headers ?? {}, body: answer.body };
  }

  async #answerGraphql(request: HttpRequest, fault?: Fault): Promise<HttpAnswer> {
    const query = readQuery(bodyOf(request));
    const answer = await orRefusal(async () => {
      if (fault !== undefined) await applyFault(fault);
      const context = { world: this.world, token: this.#authenticate(request) };
      return { status: 200, body: await executeGraphql(query, context) };
    });
    return asGraphqlAnswer(answer);
  }

  #authenticate({ headers }: HttpRequest): Token {
    const token = authenticate(headers.authorization, this.world);
    if (token.budget.isSpent) throw primaryRateLimit(token.budget.state().reset);
    return token;
  }

  #budgetOf({ headers }: HttpRequest): Budget {
    const text = headers.authorization?.replace(/^(bearer|token) /i, '') ?? '';
    return this.world.tokens.get(text)?.budget ?? this.#strangers;
  }

  #violated(violations: readonly string[]): HttpAnswer {
    this.violations.push(...violations);
    return { status: 500, headers: {}, body: { message: `Local GitHub: ${violations.join('; ')}` } };
  }
}

interface Target {
  readonly route: Route | 'graphql' | undefined;
  /** `/api/v3` where the request came as to a GitHub Enterprise Server. */
  readonly prefix: string;
  /** Without the prefix. */
  readonly path: string;
  readonly template: string;
}

function targetOf({ method, url }: HttpRequest): Target {
  const { pathname } = url;
  if (pathname === '/graphql' || pathname === '/api/graphql') {
    const route = method === 'POST' ? 'graphql' : undefined;
    return { route, prefix: '', path: '/graphql', template: '/graphql' };
  }
  const prefix = pathname.startsWith('/api/v3/') ? '/api/v3' : '';
  const path = pathname.slice(prefix.length);
  const route = findRoute(method, path);
  return { route, prefix, path, template: route?.operation.split(' ')[1] ?? path };
}

function bodyOf({ body }: HttpRequest): Record<string, unknown> | undefined {
  if (body === '') return undefined;
  const value: unknown = JSON.parse(body);
  if (typeof value !== 'object' || value === null) throw new Error('The body is not a JSON object');
  return { ...value };
}

async function orRefusal(answer: () => Promise<RestAnswer>): Promise<RestAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** GraphQL tells of a spent budget with status 200 and an error. */
function asGraphqlAnswer({ body, headers = {}, status }: RestAnswer): HttpAnswer {
  if (headers['x-ratelimit-remaining'] !== '0') return { status, body, headers };
  const message = 'API rate limit exceeded for installation ID 1.';
  return { status: 200, headers, body: { errors: [{ type: 'RATE_LIMITED', message }] } };
}
