import { expect, test } from 'vitest';
import { explain } from './explain.ts';

function httpError(status: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { name: 'HttpError', status, response: { headers } });
}

test('a refusal names the permission that would do, as a workflow spells it', () => {
  const error = httpError(403, 'Resource not accessible by integration - https://docs.github.com/rest', {
    'x-accepted-github-permissions': 'issues=write; pull_requests=write',
  });
  expect(explain(error)).toBe(
    'GitHub answered 403: Resource not accessible by integration. The job needs "permissions: issues: write" or "pull-requests: write"; a token of a fork never has write permissions.',
  );
});

test.each([
  [httpError(401, 'Bad credentials'), 'not valid'],
  [httpError(403, 'Unable to create comment because issue is locked.'), 'conversation is locked'],
  [httpError(403, 'Repository was archived so is read-only.'), 'is archived'],
  [httpError(404, 'Not Found'), 'may not do this'],
  [httpError(403, 'API rate limit exceeded for installation ID 1.'), 'a rate limit, which passes by itself'],
  [httpError(404, 'No common ancestor between main and feature.'), 'rebase it onto the base'],
  [httpError(502, 'Server Error'), 'githubstatus.com'],
  [new Error('doing this', { cause: httpError(422, 'Validation Failed') }), 'doing this (GitHub answered 422'],
])('%s is explained', (error, expected) => {
  expect(explain(error)).toContain(expected);
});

test('errors of a query are shown without the frame around them', () => {
  const message = 'Request failed due to following response errors:\n - Resource not accessible by integration';
  const error = Object.assign(new Error(message), { name: 'GraphqlResponseError' });
  expect(explain(error)).toMatch(/^GitHub answered: Resource not accessible by integration\. The token may not/);
});
