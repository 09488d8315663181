import type { Signature } from '../git/commit.ts';
import { accountJson } from '../rest/json/account.ts';
import { repositoryJson } from '../rest/json/repository.ts';
import type { Urls } from '../rest/rest-request.ts';
import { type Account, loginOfNoReplyAddress, noReplyAddress } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import type { Push } from './happening.ts';

/** Commits that a push event lists at most ("Webhook events and payloads", push). */
const commitLimit = 2048;

/** What is peculiar to a push; its repository has numbers where others have dates. */
export async function pushJson(repository: Repository, push: Push, pusher: Account, urls: Urls) {
  const { after, before, branch, forced } = push;
  const isThere = (oid: string) => !/^0+$/.test(oid);
  const asItIs = repositoryJson(repository, urls);
  const [created, deleted] = [!isThere(before), !isThere(after)];
  const { git } = repository;
  const from = created ? await git.resolve(`refs/heads/${repository.defaultBranch}`) : before;
  const oids = deleted ? [] : await git.commitsBetween(from ?? before, after);
  const commits = await Promise.all(oids.slice(-commitLimit).map((oid) => commitJson(oid, repository, urls)));
  const name = { name: pusher.login, email: pusher.type === 'Bot' ? null : noReplyAddress(pusher.login) };
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created,
    deleted,
    forced,
    base_ref: null,
    compare: `${urls.html}/${repository.fullName}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: deleted ? null : await commitJson(after, repository, urls),
    pusher: name,
    repository: {
      ...asItIs,
      owner: { ...accountJson(repository.owner, urls), name: repository.owner.login, email: null },
      created_at: Date.parse(asItIs.created_at) / 1000,
      pushed_at: Date.parse(asItIs.pushed_at) / 1000,
      master_branch: repository.defaultBranch,
      stargazers: 0,
      is_template: false,
      topics: [],
    },
  };
}

async function commitJson(oid: string, repository: Repository, urls: Urls) {
  const { author, committer, message, parents, tree } = await repository.git.readCommit(oid);
  const changes = parents[0] === undefined ? [] : await repository.git.changes(parents[0], oid);
  const paths = (...statuses: string[]) =>
    changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  return {
    id: oid,
    tree_id: tree,
    distinct: true,
    message,
    timestamp: committer.date,
    url: `${urls.html}/${repository.fullName}/commit/${oid}`,
    author: personJson(author),
    committer: personJson(committer),
    added: paths('added', 'renamed'),
    removed: [...paths('removed'), ...changes.flatMap(({ previousPath }) => previousPath ?? [])],
    modified: paths('modified', 'changed'),
  };
}

function personJson({ email, name }: Signature) {
  const username = loginOfNoReplyAddress(email);
  return { name, email, ...(username === undefined ? {} : { username }) };
}
