import { Refusal } from '../refusal.ts';
import { accountJson } from './json/account.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

export const getCollaboratorPermission: RestHandler = (request) => {
  const { urls, world } = request;
  const username = request.text('username');
  const account = world.findAccount(username);
  if (account === undefined) throw new Refusal(404, `${username} is not a user`);
  const roleName = roleOf(account.login, request);
  const permission = legacyPermissions[roleName] ?? 'read';
  const user = { ...accountJson(account, urls), role_name: roleName };
  return { status: 200, body: { permission, role_name: roleName, user } };
};

/** Anyone may read a public repository. */
function roleOf(login: string, { repository }: RestRequest): string {
  if (login === repository.owner.login) return 'admin';
  return repository.roles.get(login) ?? (repository.private ? 'none' : 'read');
}

/** What `permission` calls the roles; only `role_name` tells maintain from write and triage from read. */
const legacyPermissions: Record<string, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

export const getTeamMembership: RestHandler = (request) => {
  const [org, slug, username] = [request.text('org'), request.text('team_slug'), request.text('username')];
  const team = found(request.world.findTeam(org, slug));
  const member = found(team.members.find(({ login }) => login.toLowerCase() === username.toLowerCase()));
  const url = `${request.urls.api}/orgs/${team.org}/teams/${team.slug}/memberships/${member.login}`;
  return { status: 200, body: { url, role: 'member', state: member.state } };
};

/** Those who have accepted. */
export const getTeamMembers: RestHandler = (request) => {
  const team = found(request.world.findTeam(request.text('org'), request.text('team_slug')));
  const members = team.members.filter(({ state }) => state === 'active');
  const accounts = members.flatMap(({ login }) => request.world.findAccount(login) ?? []);
  return { status: 200, body: accounts.map((account) => accountJson(account, request.urls)) };
};

/** What everybody may see of an account; many of its fields are null for all that this GitHub knows. */
export const getUser: RestHandler = (request) => {
  const account = found(request.world.findAccount(request.text('username')));
  const unknown = { name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  const dates = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
  return { status: 200, body: { ...accountJson(account, request.urls), ...unknown, ...counts, ...dates } };
};
