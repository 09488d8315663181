import { afterAll, beforeAll, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';

let github: LocalGitHub;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  const repository = await github.createRepository({ owner: 'acme', name: 'train', defaultBranch: 'trunk' });
  await repository.commit('trunk', {
    'run.yaml': 'a: 1\n',
    'runs/large.yaml': 'a: 2\n',
    'runs/link.yaml': { symlink: 'large.yaml' },
    vendored: { submodule: '1'.repeat(40) },
  });
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { contents: 'read' } });
  get = (path) => ask(github, token)('GET', path);
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test('a repository is found whatever the case of its name, with its default branch', async () => {
  expect((await get('/repos/ACME/Train')).body).toMatchObject({ full_name: 'acme/train', default_branch: 'trunk' });
});

test('a repository that is not there is not found', async () => {
  expect((await get('/repos/acme/nothing')).status).toBe(404);
});

test('a recursive tree lists everything with modes; a plain one its own entries', async () => {
  const recursive = await get('/repos/acme/train/git/trees/trunk?recursive=1');
  expect(recursive.at('truncated')).toBe(false);
  expect(recursive.at('tree')).toMatchObject([
    { path: 'run.yaml', mode: '100644', type: 'blob', size: 5 },
    { path: 'runs', mode: '040000', type: 'tree' },
    { path: 'runs/large.yaml', mode: '100644', type: 'blob' },
    { path: 'runs/link.yaml', mode: '120000', type: 'blob' },
    { path: 'vendored', mode: '160000', type: 'commit' },
  ]);
  const plain = (await get('/repos/acme/train/git/trees/trunk')).at('tree') as { path: string; sha: string }[];
  expect(plain.map(({ path }) => path)).toEqual(['run.yaml', 'runs', 'vendored']);
  const folder = await get(`/repos/acme/train/git/trees/${plain[1]!.sha}`);
  expect(folder.at('tree')).toMatchObject([{ path: 'large.yaml' }, { path: 'link.yaml' }]);
});

test('a tree that is not there is not found', async () => {
  expect((await get('/repos/acme/train/git/trees/nowhere')).status).toBe(404);
  expect((await get(`/repos/acme/train/git/trees/${'f'.repeat(40)}`)).status).toBe(404);
});
