import { type Account, actorLogin } from '../../state/account.ts';
import type { Urls } from '../rest-request.ts';

/** OpenAPI `simple-user`. */
export function accountJson(account: Account, { api, html }: Urls) {
  const { id, login, type } = account;
  const url = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `${html}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${html}/${encodeURIComponent(actorLogin(account))}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

/** GitHub's ids of GraphQL nodes are opaque; these are as well. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}
