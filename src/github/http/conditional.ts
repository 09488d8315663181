import { createHash } from 'node:crypto';
import type { AnswerCache, KnownAnswer } from './answer-cache.ts';
import { statusOf } from './status-of.ts';

/** What is read of an Octokit request and of its answer. */
interface RequestOptions {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | number | undefined>;
  /** `isImmutable`: whoever asks knows that the answer can never change. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
  readonly variables?: unknown;
}
/** Octokit's own `request.endpoint`, which fills in the address of a request. */
type Endpoint = (options: never) => { readonly url: string };

interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: KnownAnswer['headers'];
  readonly data: unknown;
}

/**
 * A wrapper for Octokit's requests that asks for a known answer only whether it has changed: 304 costs nothing of the rate
 * limit ("Best practices for using the REST API"). What an id names never changes, and is not asked for again. The cache
 * may be shared: `scope` tells apart what different tokens may see, as the id of an installation does.
 */
export function withConditionalRequests(cache: AnswerCache, scope: string, endpoint: Endpoint) {
  return async <Options extends RequestOptions, Response extends Answer>(
    send: (options: Options) => Response | Promise<Response>,
    options: Options,
  ): Promise<Response> => {
    const question = questionOf(options, endpoint);
    if (question === null) return send(options);
    const key = `${scope} ${question.text}`;
    const known = cache.get(key);
    // What was put into the cache was a Response to the same request
    if (known?.etag === null) return answerOf(known) as Response;
    try {
      // In place: a hook that was registered earlier, as that for authentication, gets these very options and no others
      options.headers['if-none-match'] = known?.etag;
      const response = await send(options);
      const { etag } = response.headers;
      const isForGood = question.isImmutable && isComplete(response.data);
      if (isForGood) cache.set(key, knownOf(response, null));
      else if (typeof etag === 'string' && options.method === 'GET') cache.set(key, knownOf(response, etag));
      return response;
    } catch (error) {
      // Octokit throws on it as on any status without success
      if (known === undefined || statusOf(error) !== 304) throw error;
      return answerOf({ ...known, headers: { ...known.headers, ...headersOf(error) } }) as Response;
    }
  };
}

/** What is asked, as text; null for a request that changes something, and for a query whose answer may change. */
function questionOf(
  options: RequestOptions,
  endpoint: Endpoint,
): { readonly text: string; readonly isImmutable: boolean } | null {
  const isImmutable = options.request['isImmutable'] === true;
  if (options.method === 'GET') {
    // The options are those of the client whose endpoint it is
    const address = endpoint(options as never).url;
    const text = `${String(options.headers['accept'] ?? '')} ${address}`;
    return { text, isImmutable: isImmutable || isNamedById(new URL(address).pathname) };
  }
  if (!isImmutable || options.query === undefined) return null;
  const question = JSON.stringify([options.query, options.variables]);
  return { text: createHash('sha256').update(question).digest('hex'), isImmutable };
}

const id = '(?:[0-9a-f]{64}|[0-9a-f]{40})';
const namedById = new RegExp(`/repos/[^/]+/[^/]+/(?:git/(?:trees|blobs|commits)/${id}|compare/${id}\\.\\.\\.${id})$`);

/** Trees, blobs and commits by id, and what lies between two commits. A branch or a short id may mean something else later. */
function isNamedById(path: string): boolean {
  return namedById.test(path);
}

/** Whether everything was found: what a repository lacks today may be pushed to it tomorrow. */
function isComplete(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (!('data' in data)) return true;
  if ('errors' in data) return false;
  const { repository } = (data.data ?? {}) as { readonly repository?: object | null };
  return Object.values(repository ?? { missing: null }).every((found) => found !== null);
}

function knownOf({ data, headers, status, url }: Answer, etag: string | null): KnownAnswer {
  return { etag, status, url, headers, text: JSON.stringify(data) };
}

function answerOf({ headers, status, text, url }: KnownAnswer): Answer {
  return { status, url, headers, data: JSON.parse(text) };
}

function headersOf(error: unknown): KnownAnswer['headers'] {
  const { response } = error as { readonly response?: { readonly headers?: KnownAnswer['headers'] } };
  return response?.headers ?? {};
}
