import { accountJson } from '../rest/json/account.ts';
import { installationJson } from '../rest/json/app.ts';
import { checkRunJson, checkSuiteJson, simpleCheckSuiteJson, simpleCommitJson } from '../rest/json/check.ts';
import { commentJson, reviewJson } from '../rest/json/conversation.ts';
import { issueJson, pullRequestJson, pullRequestSimpleJson } from '../rest/json/pull-request.ts';
import { repositoryJson } from '../rest/json/repository.ts';
import type { Urls } from '../rest/rest-request.ts';
import type { Repository } from '../state/repository.ts';
import type { Team } from '../state/team.ts';
import type { Happening, RepositoryHappening } from './happening.ts';
import { pingJson } from './ping-json.ts';
import { pushJson } from './push-json.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What GitHub sends of a happening, without the installation that it is sent for. It shows the state of this instant. */
export function payloadOf(happening: Happening, urls: Urls): Promise<Payload> {
  const frame = frameOf(happening, urls);
  switch (happening.event) {
    case 'ping':
      return Promise.resolve(pingJson(happening.app, urls));
    case 'installation': {
      const repositories = happening.installation.repositories.map(nameJson);
      const installation = installationJson(happening.installation, urls);
      return Promise.resolve({ ...frame, installation, repositories, requester: null });
    }
    case 'installation_repositories': {
      const names = happening.repositories.map(nameJson);
      const { action, installation } = happening;
      return Promise.resolve({
        ...frame,
        installation: installationJson(installation, urls),
        repository_selection: installation.selection,
        repositories_added: action === 'added' ? names : [],
        repositories_removed: action === 'removed' ? names : [],
        requester: null,
      });
    }
    case 'membership': {
      const { member, team } = happening;
      const organization = organizationJson(team.org, urls);
      const shown = { ...frame, scope: 'team', organization, member: accountJson(member, urls) };
      return Promise.resolve({ ...shown, team: teamJson(team, urls) });
    }
    default:
      return inRepository(happening, frame, urls);
  }
}

/** What all payloads have; the organization is left out for a user's repository. */
function frameOf(happening: Happening, urls: Urls): Payload {
  const repository = repositoryOf(happening);
  return {
    ...('action' in happening ? { action: happening.action } : {}),
    ...(repository === null ? {} : { repository: { ...repositoryJson(repository, urls), custom_properties: {} } }),
    ...(repository?.owner.type === 'Organization'
      ? { organization: organizationJson(repository.owner.login, urls) }
      : {}),
    ...('sender' in happening ? { sender: accountJson(happening.sender, urls) } : {}),
    ...('changes' in happening ? { changes: happening.changes } : {}),
  };
}

export function repositoryOf(happening: Happening): Repository | null {
  if ('repository' in happening) return happening.repository;
  if ('pullRequest' in happening) return happening.pullRequest.repository;
  if ('run' in happening) return happening.run.suite.repository;
  if ('suite' in happening) return happening.suite.repository;
  return 'group' in happening ? happening.group.repository : null;
}

async function inRepository(happening: RepositoryHappening, frame: Payload, urls: Urls): Promise<Payload> {
  switch (happening.event) {
    case 'pull_request': {
      const { after, before, pullRequest } = happening;
      const heads = before === undefined ? {} : { before, after };
      return { ...frame, ...heads, number: pullRequest.number, pull_request: await pullRequestJson(pullRequest, urls) };
    }
    case 'pull_request_review': {
      const { pullRequest, review } = happening;
      const shown = reviewJson(review, pullRequest, urls);
      const simple = pullRequestSimpleJson(pullRequest, urls);
      // In events, and only there, the state is in lower case.
      return { ...frame, review: { ...shown, state: review.state.toLowerCase() }, pull_request: simple };
    }
    case 'issue_comment': {
      const { comment, pullRequest } = happening;
      return { ...frame, issue: issueJson(pullRequest, urls), comment: commentJson(comment, pullRequest, urls) };
    }
    case 'check_run': {
      const { identifier, run } = happening;
      const check_run = { ...checkRunJson(run, urls), check_suite: simpleCheckSuiteJson(run.suite, urls) };
      return { ...frame, check_run, ...(identifier === undefined ? {} : { requested_action: { identifier } }) };
    }
    case 'check_suite': {
      const { suite } = happening;
      const asItIs = checkSuiteJson(suite, urls);
      const head_commit = await simpleCommitJson(suite.headSha, suite.repository);
      return { ...frame, check_suite: { ...asItIs, head_commit } };
    }
    case 'merge_group': {
      const { group, reason } = happening;
      const { baseRef, baseSha, headRef, headSha, repository } = group;
      const head_commit = await simpleCommitJson(headSha, repository);
      const ends = { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef };
      return { ...frame, ...(reason === undefined ? {} : { reason }), merge_group: { ...ends, head_commit } };
    }
    case 'push':
      return { ...frame, ...(await pushJson(happening.repository, happening.push, happening.sender, urls)) };
    case 'member':
      return { ...frame, member: accountJson(happening.member, urls) };
    case 'repository':
      return frame;
  }
}

function nameJson({ fullName, id, name, private: isPrivate }: Repository) {
  return { id, node_id: String(id), name, full_name: fullName, private: isPrivate };
}

function teamJson({ org, slug }: Team, urls: Urls) {
  const url = `${urls.api}/orgs/${org}/teams/${slug}`;
  const lists = { members_url: `${url}/members{/member}`, repositories_url: `${url}/repos` };
  const names = { name: slug, slug, id: 1, node_id: slug, description: null, privacy: 'closed', permission: 'pull' };
  return { ...names, url, html_url: `${urls.html}/orgs/${org}/teams/${slug}`, ...lists };
}

function organizationJson(login: string, urls: Urls) {
  const url = `${urls.api}/orgs/${login}`;
  const lists = {
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
  };
  const shown = { login, id: 1, node_id: login, url, repos_url: `${url}/repos`, ...lists };
  return { ...shown, avatar_url: `${urls.html}/avatars/${login}`, description: null };
}
