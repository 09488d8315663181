import { describe, expect, test } from 'vitest';
import type { GitHubClient } from '../../github/http/client.ts';
import { RateLimited } from '../../github/http/patience.ts';
import type { Clients } from '../clients.ts';
import { CurrentBasis } from './current-basis.ts';
import { sweep } from './sweep.ts';

const repositories = Array.from({ length: 1_500 }, (_, index) => `repository-${index}`);

/** An installation on so many repositories: each that is asked for its pull requests is noted, and has none. */
function manyRepositories({ most = Infinity } = {}) {
  const asked: string[] = [];
  let left = 0;
  const request = (route: string, { page = 1, per_page = 0, repo = '' } = {}) => {
    if (route === 'GET /app/installations') left = most;
    if (route === 'GET /app/installations') return Promise.resolve({ data: page === 1 ? [{ id: 1 }] : [] });
    if (route === 'GET /installation/repositories') {
      const listed = repositories.slice((page - 1) * per_page, page * per_page);
      const data = listed.map((name) => ({ name, owner: { login: 'acme' }, default_branch: 'main', archived: false }));
      return Promise.resolve({ data: { repositories: data } });
    }
    if (left === 0) return Promise.reject(new RateLimited(90_000, null));
    left -= 1;
    asked.push(repo);
    return Promise.resolve({ data: [] });
  };
  const client = { request } as unknown as GitHubClient;
  const clients: Clients = { app: () => client, installation: () => Promise.resolve(client) };
  return { asked, clients };
}

describe('a sweep of 1,500 repositories', () => {
  const sweepAt = (clients: Clients, hour: number, warnings: string[] = []) =>
    sweep({
      ...{ appId: 1, checkName: 'scalegate', clients, currentBasis: new CurrentBasis(), round: 'first' },
      now: new Date(Date.UTC(2026, 0, 10, hour)),
      queue: { add: () => Promise.resolve() },
      warn: (message) => warnings.push(message),
    });

  test('leaves none out', async () => {
    const { asked, clients } = manyRepositories();
    await sweepAt(clients, 12);
    expect(asked.toSorted()).toEqual(repositories.toSorted());
  });

  test('says where a rate limit stops it, and begins elsewhere the next time: none is always the last', async () => {
    const { asked, clients } = manyRepositories({ most: 700 });
    const warnings: string[] = [];
    await sweepAt(clients, 12, warnings);
    expect(asked).toHaveLength(700);
    expect(warnings).toMatchObject([
      expect.stringMatching(/^The installation 1 could not be swept: GitHub asks to wait/),
    ]);
    for (const hour of [13, 14, 15]) await sweepAt(clients, hour);
    expect(new Set(asked).size).toBe(1_500);
  });
});
