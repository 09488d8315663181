import { getOctokit } from '@actions/github';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask } from './ask.ts';
import { LocalGitHub } from './local-github.ts';
import type { Permissions } from './operations.ts';
import type { Repository } from './state/repository.ts';

let github: LocalGitHub;
let repository: Repository;

beforeEach(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  await repository.openPullRequest({ head: 'feature' });
});

afterEach(() => github.close());

function asBot(permissions: Permissions) {
  return ask(github, github.tokenFor({ login: 'ci[bot]', permissions }));
}

test('what is asked and how it ended is recorded under the path of the operation', async () => {
  await asBot({})('GET', '/repos/acme/train');
  await asBot({ pull_requests: 'read' })('GET', '/repos/acme/train/pulls/9');
  await asBot({})('POST', '/graphql', { query: '{ viewer { login } }' });
  expect(github.requests).toMatchObject([
    { method: 'GET', path: '/repos/{owner}/{repo}', url: '/repos/acme/train', status: 200 },
    { method: 'GET', path: '/repos/{owner}/{repo}/pulls/{pull_number}', status: 404 },
    { method: 'POST', path: '/graphql', status: 200 },
  ]);
});

test('without a token or with an unknown one nothing is answered', async () => {
  expect(await ask(github, null)('GET', '/repos/acme/train')).toMatchObject({ status: 401 });
  const unknown = ask(github, 'ghs_unknown');
  expect(await unknown('GET', '/repos/acme/train')).toMatchObject({
    status: 401,
    body: { message: 'Bad credentials' },
  });
  expect((await unknown('POST', '/graphql', { query: '{ viewer { login } }' })).status).toBe(401);
  expect(github.violations).toEqual([]);
});

test("a fork's read-only token cannot comment, and the answer names what would have sufficed", async () => {
  const { at, headers, status } = await asBot({ contents: 'read', pull_requests: 'read' })(
    'POST',
    '/repos/acme/train/issues/1/comments',
    { body: 'hello' },
  );
  expect(status).toBe(403);
  expect(at('message')).toBe('Resource not accessible by integration');
  expect(headers.get('x-accepted-github-permissions')).toBe('issues=write; pull_requests=write');
  expect(github.violations).toEqual([]);
});

test.each<[string, string, Permissions]>([
  ['GET', '/repos/acme/train/compare/main...feature', { pull_requests: 'write' }],
  ['GET', '/repos/acme/train/pulls/1/files', { contents: 'write' }],
  ['GET', '/orgs/acme/teams/leads/memberships/ada', { contents: 'write' }],
])('%s %s needs another permission', async (method, path, permissions) => {
  expect((await asBot(permissions)(method, path)).status).toBe(403);
});

test('a missing repository is not found, whatever the token may', async () => {
  expect((await asBot({})('GET', '/repos/acme/nothing/pulls/1')).status).toBe(404);
});

test.each([
  ['an operation that it does not have', 'GET', '/repos/acme/train/branches', undefined, 'no such operation'],
  [
    'a path parameter of the wrong type',
    'GET',
    '/repos/acme/train/pulls/one',
    undefined,
    '/pull_number must be integer',
  ],
  [
    'a query parameter of the wrong type',
    'GET',
    '/repos/acme/train/pulls/1/files?page=x',
    undefined,
    '/page must be integer',
  ],
  ['a query parameter that GitHub does not know', 'GET', '/repos/acme/train?perpage=1', undefined, 'perpage'],
  ['a body without what it needs', 'POST', '/repos/acme/train/issues/1/comments', {}, "required property 'body'"],
  ['a body of the wrong type', 'POST', '/repos/acme/train/issues/1/comments', { body: 1 }, '/body must be string'],
  ['a body with a property too many', 'POST', '/repos/acme/train/issues/1/comments', { body: 'a', text: 'b' }, 'text'],
  ['a body where GitHub takes none', 'DELETE', '/repos/acme/train/issues/comments/1', { body: 'a' }, 'takes none'],
])('%s is a violation', async (_what, method, path, body, reason) => {
  const answer = await asBot({ pull_requests: 'write' })(method, path, body);
  expect(answer.status).toBe(500);
  expect(answer.at('message')).toContain(reason);
  expect(github.violations).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ['a field that GitHub does not have', '{ viewer { nickname } }', 'Cannot query field "nickname"'],
  ['an argument of the wrong type', '{ repository(owner: 1, name: "train") { name } }', 'String cannot represent'],
  ['a text that is no query', 'viewer', 'Syntax Error'],
  ['a connection without a size', inPullRequest('comments { totalCount }'), '`first` or `last`'],
  ['a connection that is too large', inPullRequest('comments(first: 101) { totalCount }'), '101'],
  ['a cursor that was never given', inPullRequest('comments(first: 1, after: "x") { totalCount }'), 'cursor'],
])('%s is a violation', async (_what, query, reason) => {
  const { status } = await asBot({ pull_requests: 'read' })('POST', '/graphql', { query });
  expect(status).toBe(500);
  expect(github.violations).toEqual([expect.stringContaining(reason)]);
});

function inPullRequest(fields: string): string {
  return `{ repository(owner: "acme", name: "train") { pullRequest(number: 1) { ${fields} } } }`;
}

test("an answer that breaks GitHub's schema is a violation", async () => {
  await repository.openPullRequest({ head: 'feature', title: 7 as unknown as string });
  expect((await asBot({ pull_requests: 'read' })('GET', '/repos/acme/train/pulls/2')).status).toBe(500);
  expect(github.violations).toEqual([expect.stringContaining('/title must be string')]);
});

test('a GraphQL answer that breaks the schema is a violation', async () => {
  repository.findPullRequest(1)!.review({ author: 'ada', state: 'MAYBE' as 'APPROVED' });
  const query = inPullRequest('reviews(first: 1) { nodes { state } }');
  expect((await asBot({ pull_requests: 'read' })('POST', '/graphql', { query })).status).toBe(500);
  expect(github.violations).toEqual([expect.stringContaining('MAYBE')]);
});

test.each(['', '/api/v3'])("GitHub's own client works against %s", async (prefix) => {
  const permissions: Permissions = { contents: 'read', pull_requests: 'write' };
  const token = github.tokenFor({ login: 'github-actions[bot]', permissions });
  const octokit = getOctokit(token, { baseUrl: github.url + prefix });
  const train = { owner: 'acme', repo: 'train' };
  for (let index = 0; index < 3; index += 1) {
    await octokit.rest.issues.createComment({ ...train, issue_number: 1, body: `comment ${index}` });
  }
  const paged = octokit.paginate(octokit.rest.issues.listComments, { ...train, issue_number: 1, per_page: 2 });
  expect(await paged).toHaveLength(3);
  const compared = await octokit.rest.repos.compareCommitsWithBasehead({ ...train, basehead: 'main...feature' });
  expect(compared.data.files).toMatchObject([{ filename: 'run.yaml' }]);
  expect(await octokit.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } });
  expect(github.violations).toEqual([]);
});

test("a pull request's event has the payload that a runner writes to its event file", async () => {
  const event = await github.pullRequestEvent(repository.findPullRequest(1)!, 'opened');
  expect(event).toMatchObject({
    action: 'opened',
    number: 1,
    pull_request: { head: { sha: await repository.tip('feature') }, base: { ref: 'main' } },
    repository: { full_name: 'acme/train' },
  });
});
