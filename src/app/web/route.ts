import type { IncomingMessage, ServerResponse } from 'node:http';

/** What one address answers. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Answers in plain text unless the headers say otherwise. Nothing here is to be cached, framed or sniffed. */
export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
