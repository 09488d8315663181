import { expect, test } from 'vitest';

import { checkAnswer, checkRequest } from './schema-check.ts';

const membership = 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}';
const url = 'https://api.github.com/teams/1/memberships/ada';

test('an answer of the described shape is right', () => {
  expect(checkAnswer(membership, 200, { url, role: 'member', state: 'active' })).toEqual([]);
});

test.each([
  ['a missing property', { url, role: 'member' }],
  ['a value that GitHub does not list', { url, role: 'owner', state: 'active' }],
  ['a text that is no address', { url: 'here', role: 'member', state: 'active' }],
  ['a misspelled property', { url, role: 'member', state: 'active', stat: 'active' }],
])('%s is wrong', (_what, body) => {
  expect(checkAnswer(membership, 200, body)).toHaveLength(1);
});

test('a success that GitHub does not describe is wrong; a failure needs the usual shape', () => {
  expect(checkAnswer(membership, 202, {})).toHaveLength(1);
  expect(checkAnswer(membership, 502, { message: 'Server Error' })).toEqual([]);
  expect(checkAnswer(membership, 502, { message: 7 })).toHaveLength(1);
});

test('an answer that should be empty is wrong with a body', () => {
  const deleteComment = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
  expect(checkAnswer(deleteComment, 204, undefined)).toEqual([]);
  expect(checkAnswer(deleteComment, 204, {})).toHaveLength(1);
});

test("the repository of a deleted fork may be null, though GitHub's description forgets it", () => {
  const wrong = (repo: unknown) =>
    checkAnswer('GET /repos/{owner}/{repo}/pulls/{pull_number}', 200, { head: { repo } }).filter((violation) =>
      violation.includes('/head/repo '),
    );
  expect(wrong(null)).toEqual([]);
  expect(wrong('acme/train')).toHaveLength(1);
});

test('parameters get the types that GitHub gives them', () => {
  const parameters = { owner: 'acme', repo: '1', pull_number: '7', per_page: '100' };
  const checked = checkRequest('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { parameters, body: undefined });
  expect(checked).toEqual({
    violations: [],
    excesses: [],
    parameters: { owner: 'acme', repo: '1', pull_number: 7, per_page: 100 },
  });
});
