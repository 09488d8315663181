import { expect, test } from 'vitest';
import { explain } from './explain.ts';

function httpError(status: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { name: 'HttpError', status, response: { headers } });
}

test('a refusal names the permission that would do, as the manifest of an App spells it, and who accepts it', () => {
  const error = httpError(403, 'Resource not accessible by integration - https://docs.github.com/rest', {
    'x-accepted-github-permissions': 'issues=write; pull_requests=write',
  });
  expect(explain(error)).toBe(
    'GitHub answered 403: Resource not accessible by integration. The App needs the permission "issues: write" or "pull_requests: write", which an owner of the account can accept.',
  );
});

test.each([
  httpError(401, 'Bad credentials'),
  httpError(403, 'Resource not accessible by integration'),
  httpError(404, 'Not Found', { 'x-accepted-github-permissions': 'contents=read' }),
  httpError(502, 'Server Error'),
  Object.assign(new Error('x:\n - Resource not accessible by integration'), { name: 'GraphqlResponseError' }),
])('%s is explained without the words of a workflow', (error) => {
  expect(explain(error)).toMatch(/^GitHub answered/);
  expect(explain(error)).not.toMatch(/\bjob\b|README|fork/);
});
