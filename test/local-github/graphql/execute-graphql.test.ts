import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { PullRequest } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let repository: Repository;
let pullRequest: PullRequest;
let query: (inRepository: string) => Promise<Reply>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', {
    'run.yaml': 'a: 1\n',
    'runs/large.yaml': 'a: 2\n',
    'run.sh': { executable: 'echo\n' },
    'link.yaml': { symlink: 'run.yaml' },
    vendored: { submodule: '1'.repeat(40) },
    'image.bin': new Uint8Array([1, 0, 2]),
    'huge.yaml': 'x'.repeat(512_001),
  });
  const message = 'Grow\n\nCo-authored-by: grace <grace@users.noreply.github.com>';
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' }, { author: 'ada', committer: 'linus', message });
  pullRequest = await repository.openPullRequest({ head: 'feature', author: 'ada' });
  const token = github.tokenFor({
    login: 'github-actions[bot]',
    permissions: { contents: 'read', pull_requests: 'write' },
  });
  query = (inRepository) =>
    ask(github, token)('POST', '/graphql', {
      query: `query($owner: String!) { repository(owner: $owner, name: "train") { ${inRepository} } }`,
      variables: { owner: 'acme' },
    });
});

afterEach(() => {
  expect(github.violations).toEqual([]);
});

afterAll(() => github.close());

const fileFields = 'mode type path object { ... on Blob { text byteSize isBinary isTruncated } }';

test.each([
  ['run.yaml', { mode: 33188, type: 'blob', object: { text: 'a: 1\n', byteSize: 5, isBinary: false } }],
  ['runs/large.yaml', { mode: 33188, path: 'runs/large.yaml', object: { text: 'a: 2\n' } }],
  ['run.sh', { mode: 33261, type: 'blob' }],
  ['link.yaml', { mode: 40960, type: 'blob', object: { text: 'run.yaml' } }],
  ['vendored', { mode: 57344, type: 'commit', object: null }],
  ['runs', { mode: 16384, type: 'tree', object: {} }],
  ['image.bin', { object: { text: null, isBinary: true } }],
  ['huge.yaml', { object: { byteSize: 512_001, isTruncated: true, text: 'x'.repeat(512_000) } }],
  ['missing.yaml', null],
])('a commit shows the mode and text of %s', async (path, expected) => {
  const { at } = await query(
    `object(expression: "main") { ... on Commit { file(path: "${path}") { ${fileFields} } } }`,
  );
  const file = at('data.repository.object.file');
  if (expected === null) expect(file).toBeNull();
  else expect(file).toMatchObject(expected);
});

test('an expression or an id names commits, trees and blobs', async () => {
  const head = pullRequest.headSha;
  const { at } = await query(`
    commit: object(oid: "${head}") { __typename oid ... on Commit { tree { entries { name mode type } } } }
    blob: object(expression: "${head}:run.yaml") { ... on Blob { text } }
    tree: object(expression: "main:runs") { ... on Tree { entries { name path } } }
    none: object(expression: "nowhere:run.yaml") { oid }
    unknown: object(oid: "${'f'.repeat(40)}") { oid }
  `);
  const inRepository = (path: string) => at(`data.repository.${path}`);
  expect(inRepository('commit')).toMatchObject({ __typename: 'Commit', oid: head });
  expect(inRepository('commit.tree.entries')).toContainEqual({ name: 'runs', mode: 16384, type: 'tree' });
  expect(inRepository('blob.text')).toBe('a: 2\n');
  expect(inRepository('tree.entries')).toEqual([{ name: 'large.yaml', path: 'large.yaml' }]);
  expect([inRepository('none'), inRepository('unknown')]).toEqual([null, null]);
});

test('100 files come in one answer, quickly', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `runs/${index}.yaml`);
  const oid = await repository.commit('many', Object.fromEntries(names.map((name) => [name, `name: ${name}\n`])));
  const files = names.map((name, index) => `f${index}: file(path: "${name}") { object { ... on Blob { text } } }`);
  const { at } = await query(`object(oid: "${oid}") { ... on Commit { ${files.join(' ')} } }`);
  const texts = Object.values(at('data.repository.object') as Record<string, { object: { text: string } }>);
  expect(texts.map(({ object }) => object.text)).toEqual(names.map((name) => `name: ${name}\n`));
});

test('a pull request shows its ends, author, commits and their authors', async () => {
  const { at } = await query(`pullRequest(number: 1) {
    number state isDraft changedFiles headRefOid baseRefOid baseRefName isCrossRepository viewerDidAuthor
    author { __typename login } headRepository { nameWithOwner owner { login } }
    commits(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { commit {
      oid committer { user { login } email }
      authors(first: 10) { nodes { email user { login } } }
      associatedPullRequests(first: 1) { nodes { number } }
    } } }
  }`);
  expect(at('data.repository.pullRequest')).toMatchObject({
    number: 1,
    state: 'OPEN',
    isDraft: false,
    changedFiles: 1,
    headRefOid: pullRequest.headSha,
    baseRefOid: await repository.tip('main'),
    baseRefName: 'main',
    isCrossRepository: false,
    author: { __typename: 'User', login: 'ada' },
    headRepository: { nameWithOwner: 'acme/train', owner: { login: 'acme' } },
    commits: {
      totalCount: 1,
      nodes: [
        {
          commit: {
            oid: pullRequest.headSha,
            committer: { user: { login: 'linus' } },
            authors: { nodes: [{ user: { login: 'ada' } }, { user: { login: 'grace' } }] },
            associatedPullRequests: { nodes: [{ number: 1 }] },
          },
        },
      ],
    },
  });
});

test('comments page by cursor and tell the viewer which are its own; a bot has no [bot] here', async () => {
  const own = pullRequest.comment('github-actions[bot]', '<!-- marker -->');
  pullRequest.comment('mallory', '<!-- marker -->');
  pullRequest.edit(own, 'mallory', 'changed');
  const fields = `pageInfo { hasNextPage endCursor }
    nodes { databaseId fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login } editor { login } }`;
  const first = await query(`pullRequest(number: 1) { comments(first: 1) { ${fields} } }`);
  expect(first.at('data.repository.pullRequest.comments.pageInfo.hasNextPage')).toBe(true);
  expect(first.at('data.repository.pullRequest.comments.nodes')).toMatchObject([
    {
      databaseId: own.id,
      fullDatabaseId: String(own.id),
      body: 'changed',
      viewerDidAuthor: true,
      author: { __typename: 'Bot', login: 'github-actions' },
      editor: { login: 'mallory' },
    },
  ]);
  const rest = await query(
    `pullRequest(number: 1) { comments(first: 1, after: "${String(first.at('data.repository.pullRequest.comments.pageInfo.endCursor'))}") { ${fields} } }`,
  );
  expect(rest.at('data.repository.pullRequest.comments')).toMatchObject({
    pageInfo: { hasNextPage: false },
    nodes: [{ viewerDidAuthor: false, author: { login: 'mallory' }, lastEditedAt: null }],
  });
});

test('reviews can be asked for by state, and the latest opinion of each reviewer counts', async () => {
  repository.grantRole('grace', 'write');
  const first = pullRequest.review({ author: 'grace', state: 'APPROVED' });
  pullRequest.review({ author: 'grace', state: 'CHANGES_REQUESTED' });
  pullRequest.review({ author: 'grace', state: 'COMMENTED' });
  pullRequest.review({ author: 'mallory', state: 'APPROVED' });
  pullRequest.edit(first, 'grace', 'edited');
  const { at } = await query(`pullRequest(number: 1) {
    reviews(first: 100, states: [APPROVED]) { nodes { databaseId state lastEditedAt commit { oid } author { login } } }
    all: latestOpinionatedReviews(first: 100) { nodes { state author { login } } }
    writers: latestOpinionatedReviews(first: 100, writersOnly: true) { totalCount }
    last: reviews(last: 1) { nodes { author { login } } pageInfo { hasPreviousPage } }
  }`);
  const inPullRequest = (path: string) => at(`data.repository.pullRequest.${path}`);
  expect(inPullRequest('reviews.nodes')).toMatchObject([
    { databaseId: first.id, lastEditedAt: first.edit!.at, commit: { oid: pullRequest.headSha } },
    { author: { login: 'mallory' }, lastEditedAt: null },
  ]);
  expect(inPullRequest('all.nodes')).toMatchObject([
    { state: 'CHANGES_REQUESTED', author: { login: 'grace' } },
    { state: 'APPROVED' },
  ]);
  expect(inPullRequest('writers.totalCount')).toBe(1);
  expect(inPullRequest('last')).toMatchObject({
    nodes: [{ author: { login: 'mallory' } }],
    pageInfo: { hasPreviousPage: true },
  });
});

test('what is not there is null with an error that says NOT_FOUND', async () => {
  const { body, status } = await query('pullRequest(number: 99) { number }');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: { repository: { pullRequest: null } },
    errors: [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'] }],
  });
});

test('what the token may not read is null with an error that says FORBIDDEN', async () => {
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { contents: 'read' } });
  const { at } = await ask(github, token)('POST', '/graphql', {
    query:
      '{ repository(owner: "acme", name: "train") { object(expression: "HEAD") { oid } pullRequest(number: 1) { number } } }',
  });
  expect(at('data.repository')).toMatchObject({ object: { oid: await repository.tip('main') }, pullRequest: null });
  expect(at('errors')).toMatchObject([{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]);
});

test('the viewer of a bot has its login as REST shows it', async () => {
  const token = github.tokenFor({ login: 'github-actions[bot]', permissions: {} });
  const { at } = await ask(github, token)('POST', '/graphql', {
    query: '{ viewer { login } rateLimit { cost remaining } }',
  });
  expect(at('data')).toMatchObject({ viewer: { login: 'github-actions[bot]' }, rateLimit: { cost: 1 } });
});
