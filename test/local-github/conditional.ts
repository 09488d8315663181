import { createHash } from 'node:crypto';

import type { HttpAnswer, HttpRequest } from './http-server.ts';

/** Gives what was found a validator; 304 without a body where the client has shown that it knows the answer. */
export function asNotModified(answer: HttpAnswer, { headers, method }: HttpRequest): HttpAnswer {
  if (method !== 'GET' || answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
  const isKnown = headers['if-none-match'] === etag;
  const cached = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  return isKnown ? { status: 304, headers: cached, body: undefined } : { ...answer, headers: cached };
}
