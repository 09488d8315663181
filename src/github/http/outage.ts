import { statusOf } from './status-of.ts';

/**
 * Whether GitHub, or the way to it, failed in a way that passes by itself. What is wrong with a request has a status below
 * 500; of GraphQL an error has a type or, for a query that does not fit the schema, extensions, and its own failures neither.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = statusOf(error);
  if (status !== null) return status >= 500;
  if (error.name === 'GraphqlResponseError' && 'errors' in error && Array.isArray(error.errors)) {
    return error.errors.every((one: object) => !('type' in one) && !('extensions' in one));
  }
  return isOutage(error.cause);
}
