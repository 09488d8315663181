import { type Account, actorLogin } from '../../state/account.ts';
import type { App } from '../../state/app.ts';
import type { Installation } from '../../state/installation.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, nodeId } from './account.ts';

/** OpenAPI `integration`. */
export function appJson(app: App, urls: Urls) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: app.clientId,
    owner: accountJson(app.owner, urls),
    name: app.slug,
    description: null,
    external_url: urls.html,
    html_url: `${urls.html}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
  };
}

/** OpenAPI `installation`. */
export function installationJson(installation: Installation, urls: Urls) {
  const { account, app, createdAt, id, permissions, selection, suspended } = installation;
  return {
    id,
    account: accountJson(account, urls),
    repository_selection: selection,
    access_tokens_url: `${urls.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.html}/organizations/${account.login}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: 'read', ...permissions },
    events: app.events,
    created_at: createdAt,
    updated_at: createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_at: suspended?.at ?? null,
    suspended_by: suspended === null ? null : accountJson(suspended.by, urls),
  };
}

/** OpenAPI `nullable-integration`: the App behind a bot, registered here or not. A person acts through none. */
export function actingAppJson(account: Account, urls: Urls, createdAt: string) {
  if (account.app !== undefined) return appJson(account.app, urls);
  if (account.type !== 'Bot') return null;
  const slug = actorLogin(account);
  return {
    id: account.id,
    slug,
    node_id: nodeId('App', account.id),
    owner: accountJson(account, urls),
    name: slug,
    description: null,
    external_url: urls.html,
    html_url: `${urls.html}/apps/${slug}`,
    created_at: createdAt,
    updated_at: createdAt,
    permissions: {},
    events: [],
  };
}
