import { createSign } from 'node:crypto';

import type { App } from './state/app.ts';

/** What a GitHub App shows to act as itself: `await ask(github, jsonWebToken(app))('GET', '/app')`. */
export function jsonWebToken({ id, privateKey }: App, claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 60, exp: now + 540, iss: id, ...claims })}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`;
}
