import type { Approver } from '../../core/policy/approvals/opening.ts';
import type { ApprovalRequirement } from '../../core/policy/approvals/requirement.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { statusOf } from '../http/status-of.ts';

/** What of a person can decide whether they may approve. */
export interface ApproverWanted {
  readonly role: boolean;
  readonly teams: readonly string[];
}

/** What the slots of those who have to approve, and the owners of what waits, depend on. */
export function wantedOfApprovers(requirements: readonly ApprovalRequirement[]): ApproverWanted {
  const slots = requirements.flatMap((requirement) => requirement.slots);
  const teams = [...slots, ...requirements.flatMap(({ owners }) => owners ?? [])].flatMap((group) => group.teams);
  return { role: slots.some(({ roles, codeowners }) => roles.length > 0 || codeowners), teams: [...new Set(teams)] };
}

/** Looks up what is wanted, and nothing else. What the token may not see is null. */
export async function readApprover(
  client: GitHubClient,
  repository: RepositoryName,
  login: string,
  { role, teams }: ApproverWanted,
): Promise<Approver> {
  const [access, ...memberships] = await Promise.all([
    role ? readRole(client, repository, login) : noRole,
    ...teams.map(async (team) => [team, await isMember(client, team, login)] as const),
  ]);
  return { ...access, teams: Object.fromEntries(memberships) };
}

const noRole = { roleName: null, canWrite: null };

/** `role_name` is the role: `permission` reports maintain as write, triage as read, and a custom role as its base. */
async function readRole(
  client: GitHubClient,
  repository: RepositoryName,
  login: string,
): Promise<Pick<Approver, 'roleName' | 'canWrite'>> {
  try {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    const { role_name: roleName, permission } = (await client.request(route, { ...repository, username: login })).data;
    return { roleName, canWrite: permission === 'write' || permission === 'admin' };
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return noRole;
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

/** Whether there is a bot of that name, `dependabot[bot]`. */
export async function isBotAccount(client: GitHubClient, login: string): Promise<boolean> {
  try {
    return (await client.request('GET /users/{username}', { username: login })).data.type === 'Bot';
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
