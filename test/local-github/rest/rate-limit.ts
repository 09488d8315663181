import type { RestHandler } from './rest-request.ts';

export const getRateLimit: RestHandler = ({ token }) => {
  const rate = token.budget.state();
  return { status: 200, body: { resources: { core: rate, search: rate, graphql: rate }, rate } };
};
