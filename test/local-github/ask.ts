import type { LocalGitHub } from './local-github.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON; null where there was none. */
  readonly body: unknown;
  /** What the body has at `data.repository.name`, or `0.filename`; undefined where it has nothing. */
  readonly at: (path: string) => unknown;
}

/** Asks as a plain HTTP client does: `await ask(github, token)('GET', '/repos/acme/train')`. */
export function ask({ url }: LocalGitHub, token: string | null) {
  return async (method: string, path: string, json?: unknown): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, body, at: (keys) => valueAt(body, keys) };
  };
}

function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
