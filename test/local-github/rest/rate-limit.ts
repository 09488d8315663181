import { rateLimitOf } from '../rate-limit.ts';
import type { RestHandler } from './rest-request.ts';

export const getRateLimit: RestHandler = () => {
  const { limit, remaining, reset, used } = rateLimitOf(0);
  const rate = { limit, remaining, reset, used };
  return { status: 200, body: { resources: { core: rate, search: rate, graphql: rate }, rate } };
};
