import type { Ballot } from '../core/policy/approval.ts';
import type { Approvers } from '../core/policy/policy.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { statusOf } from './status-of.ts';

/** What a person may do in the repository, and which of the policy's teams they are in. */
export type Standing = Pick<Ballot, 'roleName' | 'teams'>;

/** Looks up what the policy's approvers depend on, and nothing else. What the token may not see is null. */
export async function readStanding(
  client: GitHubClient,
  repository: RepositoryName,
  login: string,
  { roles, teams }: Pick<Approvers, 'roles' | 'teams'>,
): Promise<Standing> {
  const [roleName, ...memberships] = await Promise.all([
    roles.length === 0 ? null : readRole(client, repository, login),
    ...teams.map(async (team) => [team, await isMember(client, team, login)] as const),
  ]);
  return { roleName, teams: Object.fromEntries(memberships) };
}

/** `role_name` and not `permission`, which reports maintain as write and triage as read. */
async function readRole(client: GitHubClient, repository: RepositoryName, login: string): Promise<string | null> {
  try {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    return (await client.request(route, { ...repository, username: login })).data.role_name;
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return null;
    throw error;
  }
}

/** 404 says that there is no membership, 403 that the token may not ask (it needs "Members: read"). */
async function isMember(client: GitHubClient, team: string, login: string): Promise<boolean | null> {
  const [org = '', slug = ''] = team.split('/');
  try {
    const route = 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}';
    return (await client.request(route, { org, team_slug: slug, username: login })).data.state === 'active';
  } catch (error) {
    if (statusOf(error) === 404) return false;
    if (statusOf(error) === 403) return null;
    throw error;
  }
}
