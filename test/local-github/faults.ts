import { setTimeout as delay } from 'node:timers/promises';

import { Refusal } from './refusal.ts';
import type { Limits } from './rest/rest-request.ts';

/** What the next requests that match it get, instead of or on the way to their answer. */
export interface Fault {
  /** Any, where not given. */
  readonly method?: string;
  /** The operation's template (`/repos/{owner}/{repo}/pulls/{pull_number}`, `/graphql`), or a pattern for the path. */
  readonly path?: string | RegExp;
  /** How many requests; 1 where not given. */
  readonly times?: number;
  readonly answer?: FaultAnswer;
  /** Wait so long before answering. */
  readonly delayMs?: number;
  /** No answer ever comes: to a request that is lost on the way, or to one that was done. */
  readonly silence?: 'lost' | 'done';
  /** Told of each request that it is meant for, before it is answered; of one that was done when it was. */
  readonly onRequest?: () => void;
  /** Of a rate limit or 429; 60 where not given. GitHub's clients count in whole seconds. */
  readonly retryAfterSeconds?: number;
}

export type FaultAnswer =
  | FaultStatus
  /** 403 with no budget left; of GraphQL 200 with an error. */
  | 'primaryRateLimit'
  /** 403 with `retry-after`. */
  | 'secondaryRateLimit'
  /** 403 whose text is all that says so. */
  | 'limitWithoutHeaders'
  /** List so many changed files only. */
  | { readonly fileListLimit: number }
  /** List so many tree entries only, and say `truncated`. */
  | { readonly treeEntryLimit: number };

export type FaultStatus = 401 | 403 | 404 | 409 | 410 | 422 | 429 | 500 | 502 | 503 | 504;

export interface FaultedRequest {
  readonly method: string;
  readonly template: string;
  readonly path: string;
}

export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The oldest fault that is meant for the request, which is now one request less. */
  take(request: FaultedRequest): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => isMeantFor(fault, request));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }
}

function isMeantFor({ method, path }: Fault, request: FaultedRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? path === request.template : path.test(request.path);
}

/** Waits and refuses as the fault says; returns the caps that it lowers. @throws Refusal */
export async function applyFault(fault: Fault): Promise<Limits> {
  const { answer, delayMs = 0, retryAfterSeconds = 60, silence, onRequest } = fault;
  if (silence !== 'done') onRequest?.();
  if (silence === 'lost') await never();
  if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
  if (answer === undefined) return {};
  if (typeof answer === 'number') throw statusRefusal(answer, retryAfterSeconds);
  if (answer === 'primaryRateLimit') throw primaryRateLimit(Math.ceil(Date.now() / 1000) + retryAfterSeconds);
  if (answer === 'secondaryRateLimit') throw secondaryRateLimit({ 'retry-after': String(retryAfterSeconds) });
  if (answer === 'limitWithoutHeaders') throw secondaryRateLimit({});
  return 'fileListLimit' in answer ? { fileList: answer.fileListLimit } : { treeEntries: answer.treeEntryLimit };
}

/** Where a request was done whose answer is to stay away. */
export async function keepSilence({ silence, onRequest }: Fault): Promise<void> {
  if (silence !== 'done') return;
  onRequest?.();
  await never();
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function statusRefusal(status: FaultStatus, retryAfterSeconds: number): Refusal {
  const headers: Record<string, string> = status === 429 ? { 'retry-after': String(retryAfterSeconds) } : {};
  return new Refusal(status, messages[status], { headers });
}

const messages: Record<FaultStatus, string> = {
  401: 'Bad credentials',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
  409: 'Git Repository is empty.',
  410: 'Issues are disabled for this repo',
  422: 'Validation Failed',
  429: 'Too Many Requests',
  500: 'Server Error',
  502: 'Server Error',
  503: 'Service Unavailable',
  504: 'We could not respond to your request in time.',
};

/** `reset` is in seconds since 1970. */
export function primaryRateLimit(reset: number): Refusal {
  return new Refusal(403, 'API rate limit exceeded for installation ID 1.', {
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
  });
}

function secondaryRateLimit(headers: Readonly<Record<string, string>>): Refusal {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new Refusal(403, message, { headers });
}
