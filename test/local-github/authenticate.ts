import { createPublicKey, verify } from 'node:crypto';

import { Refusal } from './refusal.ts';
import type { App } from './state/app.ts';
import { plainToken, type Token } from './state/token.ts';
import type { World } from './state/world.ts';

/** Whom the `Authorization` header stands for: a token, or an App with a JSON Web Token. @throws Refusal */
export function authenticate(authorization: string | undefined, world: World): Token {
  if (authorization === undefined) throw new Refusal(401, 'Requires authentication');
  const credentials = authorization.replace(/^(bearer|token) /i, '');
  if (credentials.split('.').length === 3) return appToken(credentials, world);
  const token = world.tokens.get(credentials);
  const isRevoked = token !== undefined && (token.expiresAt <= Date.now() || token.installation?.exists === false);
  if (token === undefined || isRevoked) throw new Refusal(401, 'Bad credentials');
  if (token.installation !== null && token.installation.suspended !== null) {
    throw new Refusal(403, 'This installation has been suspended');
  }
  return token;
}

/** GitHub takes 10 minutes at most ("Generating a JSON Web Token (JWT) for a GitHub App"). */
const longestLifeSeconds = 600;
/** Clocks may differ a little. */
const driftSeconds = 60;

function appToken(jsonWebToken: string, world: World): Token {
  const [header = '', payload = '', signature = ''] = jsonWebToken.split('.');
  const { alg } = decode(header);
  const { exp, iat, iss } = decode(payload);
  const app = world.apps.find(({ clientId, id }) => iss === clientId || Number(iss) === id);
  if (app === undefined) throw new Refusal(404, 'Integration not found');
  const isSigned = alg === 'RS256' && isSignedBy(app, `${header}.${payload}`, signature);
  if (!isSigned) throw new Refusal(401, 'A JSON web token could not be decoded');
  const now = Date.now() / 1000;
  if (typeof exp !== 'number' || exp <= now) {
    throw new Refusal(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time");
  }
  if (exp > now + longestLifeSeconds + driftSeconds) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== 'number' || iat > now + driftSeconds) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return { ...plainToken(app.bot, {}), app, budget: app.budget };
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
}

function isSignedBy({ privateKey }: App, content: string, signature: string): boolean {
  const key = createPublicKey(privateKey);
  return verify('RSA-SHA256', Buffer.from(content), key, Buffer.from(signature, 'base64url'));
}
