import { describe, expect, test } from 'vitest';
import { aRequirement, aSlot } from '../../../test/support/an-approval.ts';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { readApprovals, readContributors } from './approvals.ts';
import { readPullRequest } from '../reading/pull-request.ts';
import { saidInReviews } from './reviews.ts';

const github = withGitHub();
const slots = [aSlot({ teams: ['acme/infra'], roles: ['admin', 'maintain'] })];
const requirements = [aRequirement(slots)];
const nobody = { logins: [], unlinked: [], complete: true };

async function aPullRequest() {
  const repository = await github.repository();
  await repository.commit('feature', { 'a.yaml': '' }, { author: 'engineer' });
  const pullRequest = await repository.openPullRequest({ head: 'feature', author: 'engineer' });
  const approve = (author: string, commit = pullRequest.headSha) => {
    return pullRequest.review({ author, state: 'APPROVED', commit });
  };
  return { repository, pullRequest, approve };
}

describe('approving reviews', () => {
  const approvals = async () => {
    const { reviews } = await readPullRequest(github.client(), repositoryName, 1);
    return saidInReviews(reviews).approvals;
  };

  test('count by the latest statement of each person, newest first', async () => {
    const { pullRequest, approve } = await aPullRequest();
    approve('alice');
    approve('bob');
    pullRequest.review({ author: 'alice', state: 'COMMENTED' });
    pullRequest.review({ author: 'bob', state: 'CHANGES_REQUESTED' });
    approve('carol');
    expect((await approvals()).map(({ by }) => by)).toEqual(['carol', 'alice']);
  });

  test('that are dismissed bring no older approval back', async () => {
    const { pullRequest, approve } = await aPullRequest();
    approve('alice');
    pullRequest.dismissReview(approve('alice'));
    expect(await approvals()).toEqual([]);
  });

  test('are all found where there are more than a hundred', async () => {
    const { approve } = await aPullRequest();
    for (let index = 0; index < 130; index += 1) approve(`reviewer${index}`);
    expect(await approvals()).toHaveLength(130);
  });

  test('of apps are marked as such', async () => {
    const { approve } = await aPullRequest();
    approve('robot[bot]');
    expect(await approvals()).toMatchObject([{ by: 'robot[bot]', isBot: true }]);
  });
});

describe('contributors', () => {
  async function read() {
    const client = github.client();
    return readContributors(client, repositoryName, await readPullRequest(client, repositoryName, 1));
  }

  test('are author, commit authors, committers and co-authors', async () => {
    const { repository } = await aPullRequest();
    await repository.commit(
      'feature',
      { 'b.yaml': '' },
      {
        author: 'writer',
        committer: 'pusher',
        message: 'Tune\n\nCo-authored-by: Helper <helper@users.noreply.github.com>',
      },
    );
    await github.local.createRepository({ owner: 'helper', name: 'any' });
    const { logins, unlinked } = await read();
    expect(new Set(logins)).toEqual(new Set(['engineer', 'writer', 'pusher']));
    // An organization is no user: GitHub links no account
    expect(unlinked).toEqual(['helper@users.noreply.github.com']);
  });

  test('are unlinked where GitHub does not know their address, each once', async () => {
    const { repository } = await aPullRequest();
    const who = (name: string) => ({ author: { name, email: 'who@example.com' } });
    expect(await read()).toMatchObject({ unlinked: [], complete: true });
    await repository.commit('feature', { 'b.yaml': '' }, who('Who'));
    await repository.commit('feature', { 'c.yaml': '' }, who('Who Else'));
    expect(await read()).toMatchObject({ unlinked: ['who@example.com'], complete: true });
  });

  test('are not GitHub itself, which commits what people do on its pages, and no apps', async () => {
    const { repository } = await aPullRequest();
    const committer = { name: 'GitHub', email: 'noreply@github.com' };
    const signedByGitHub = { committer, signedByGitHub: true };
    await repository.commit('feature', { 'b.yaml': '' }, { author: 'engineer', ...signedByGitHub });
    await repository.commit('feature', { 'c.yaml': '' }, { author: 'renovate[bot]', ...signedByGitHub });
    expect(await read()).toEqual({ logins: ['engineer'], unlinked: [], complete: true });
  });

  test('are found on every page of commits', async () => {
    const { repository } = await aPullRequest();
    for (let index = 0; index < 105; index += 1) {
      await repository.commit('feature', { 'b.yaml': String(index) }, { author: index === 0 ? 'early' : 'late' });
    }
    expect(new Set((await read()).logins)).toEqual(new Set(['engineer', 'early', 'late']));
  });
});

describe('approvals', () => {
  const scope = (guards: string) => Promise.resolve({ guards, items: [] });

  async function approvals(permissions = {}) {
    const client = github.client({ permissions: { contents: 'read', pull_requests: 'write', ...permissions } });
    const pullRequest = await readPullRequest(client, repositoryName, 1);
    const read = await readApprovals(client, repositoryName, pullRequest, nobody, requirements, scope);
    return read.approvals.map(({ id, by }) => ({ by, ...read.approvers.get(by), scope: read.scopes.get(id) }));
  }

  test('carry the role and the teams of each reviewer', async () => {
    const { repository, approve } = await aPullRequest();
    repository.grantRole('alice', 'maintain');
    repository.grantRole('bob', 'triage');
    github.local.addTeam({ org: 'acme', slug: 'infra', members: ['bob'], invited: ['alice'] });
    approve('alice');
    approve('bob');
    expect(await approvals({ members: 'read' })).toMatchObject([
      { by: 'bob', roleName: 'triage', teams: { 'acme/infra': true } },
      { by: 'alice', roleName: 'maintain', teams: { 'acme/infra': false } },
    ]);
  });

  test('leave open what the token may not see', async () => {
    const { approve } = await aPullRequest();
    github.local.addTeam({ org: 'acme', slug: 'infra', members: ['bob'] });
    approve('bob');
    expect(await approvals()).toMatchObject([{ by: 'bob', teams: { 'acme/infra': null } }]);
  });

  test('say what stood at the commit that was reviewed, for the newest few', async () => {
    const { repository, pullRequest, approve } = await aPullRequest();
    const shas = [pullRequest.headSha];
    approve('reviewer0');
    for (let index = 1; index < 6; index += 1) {
      shas.push(await repository.commit('feature', { 'a.yaml': `${index}\n` }));
      approve(`reviewer${index}`);
    }
    const seen = (await approvals()).map((approval) => approval.scope?.guards ?? null);
    expect(seen).toEqual([shas[5], shas[4], shas[3], shas[2], null, null]);
  });
});
