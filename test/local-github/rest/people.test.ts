import { afterAll, beforeAll, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let repository: Repository;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train', private: true });
  await github.createRepository({ owner: 'acme', name: 'open' });
  github.addTeam({ org: 'acme', slug: 'ml-leads', members: ['grace'], invited: ['ivan'] });
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { members: 'read' } });
  get = (path) => ask(github, token)('GET', path);
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test.each([
  { role: 'admin', permission: 'admin' },
  { role: 'maintain', permission: 'write' },
  { role: 'write', permission: 'write' },
  { role: 'triage', permission: 'read' },
  { role: 'read', permission: 'read' },
  { role: 'release-captain', permission: 'read' },
])('only role_name tells $role; permission says $permission', async ({ permission, role }) => {
  repository.grantRole('ada', role);
  const { body } = await get('/repos/acme/train/collaborators/ada/permission');
  expect(body).toMatchObject({ permission, role_name: role, user: { login: 'ada' } });
});

test('a stranger has no role in a private repository and reads a public one', async () => {
  expect((await get('/repos/acme/train/collaborators/grace/permission')).at('permission')).toBe('none');
  expect((await get('/repos/acme/open/collaborators/grace/permission')).at('permission')).toBe('read');
});

test('a login that nobody has is not found', async () => {
  expect((await get('/repos/acme/train/collaborators/nobody/permission')).status).toBe(404);
});

test('a team tells members from those who were invited', async () => {
  const membership = (login: string) => get(`/orgs/acme/teams/ml-leads/memberships/${login}`);
  expect((await membership('grace')).at('state')).toBe('active');
  expect((await membership('ivan')).at('state')).toBe('pending');
  expect((await membership('ada')).status).toBe(404);
  expect((await get('/orgs/acme/teams/nobody/memberships/grace')).status).toBe(404);
});
