import { randomBytes } from 'node:crypto';

import type { Permissions } from '../operations.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { App } from '../state/app.ts';
import type { Installation } from '../state/installation.ts';
import type { Repository } from '../state/repository.ts';
import { grants } from '../state/grants.ts';
import type { Token } from '../state/token.ts';
import { reaches } from '../state/token.ts';
import { appJson, installationJson } from './json/app.ts';
import { repositoryJson } from './json/repository.ts';
import { pageOf } from './page.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

export const getApp: RestHandler = ({ app, urls }) => {
  return { status: 200, body: { ...appJson(app, urls), installations_count: app.installations.length } };
};

export const listInstallations: RestHandler = (request) => {
  const { items, headers } = pageOf(request.app.installations, request);
  return { status: 200, body: items.map((item) => installationJson(item, request.urls)), headers };
};

export const getInstallation: RestHandler = (request) => {
  return { status: 200, body: installationJson(installationOf(request), request.urls) };
};

export const getRepositoryInstallation: RestHandler = ({ app, repository, urls }) => {
  const installation = found(app.installations.find((candidate) => candidate.has(repository)));
  return { status: 200, body: installationJson(installation, urls) };
};

/** GitHub's own ("Generating an installation access token for a GitHub App"). */
const lifeMs = 3_600_000;

export const createInstallationToken: RestHandler = (request) => {
  const { urls, world } = request;
  const installation = installationOf(request);
  if (installation.suspended !== null) throw new Refusal(403, 'This installation has been suspended');
  const repositories = namedRepositories(request, installation);
  const permissions = narrowed(installation, request.optional('permissions') as Permissions | undefined);
  const text = `ghs_${randomBytes(27).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
  const expiresAt = Date.now() + lifeMs;
  const { app, budget } = installation;
  const token: Token = { account: app.bot, app, installation, permissions, repositories, budget, expiresAt };
  world.tokens.set(text, token);
  const body = {
    token: text,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    permissions: { metadata: 'read', ...permissions },
    repository_selection: repositories === null ? installation.selection : 'selected',
    ...(repositories === null ? {} : { repositories: repositories.map((item) => repositoryJson(item, urls)) }),
  };
  return { status: 201, body };
};

function namedRepositories(request: RestRequest, installation: Installation): Repository[] | null {
  const names = request.optional('repositories') as readonly string[] | undefined;
  const ids = request.optional('repository_ids') as readonly number[] | undefined;
  if (names === undefined && ids === undefined) return null;
  const named = installation.repositories.filter(({ id, name }) => names?.includes(name) === true || ids?.includes(id));
  if (named.length === (names ?? []).length + (ids ?? []).length) return named;
  const message =
    'There is at least one repository that does not exist or is not accessible to the parent installation.';
  throw new Refusal(422, message);
}

function narrowed({ permissions }: Installation, wanted: Permissions | undefined): Permissions {
  if (wanted === undefined) return permissions;
  for (const [subject, access] of Object.entries(wanted)) {
    if (grants(permissions, `${subject as keyof Permissions}:${access}`)) continue;
    throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  }
  return wanted;
}

export const listInstallationRepositories: RestHandler = (request) => {
  const { token, urls } = request;
  if (token.installation === null) throw new Refusal(403, 'Resource not accessible by integration');
  const all = token.installation.repositories.filter((repository) => reaches(token, repository));
  const { items, headers } = pageOf(all, request);
  const repositories = items.map((repository) => repositoryJson(repository, urls));
  const repository_selection = token.installation.selection;
  return { status: 200, body: { total_count: all.length, repository_selection, repositories }, headers };
};

export const convertManifest: RestHandler = (request) => {
  const { urls, world } = request;
  const app: App = found(world.takeManifest(request.text('code')));
  const secrets = { pem: app.privateKey, webhook_secret: app.webhookSecret, client_secret: `secret-${app.id}` };
  return { status: 201, body: { ...appJson(app, urls), ...secrets } };
};

function installationOf(request: RestRequest): Installation {
  const installation = request.app.findInstallation(request.number('installation_id'));
  if (installation === undefined) throw notFound();
  return installation;
}
