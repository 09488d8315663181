import type { Commit, Signature } from '../git/commit.ts';
import { parseCommit } from '../git/commit.ts';
import type { GitObject } from '../git/object-reader.ts';
import type { TreeEntry } from '../git/tree.ts';
import type { Repository } from '../state/repository.ts';
import { actorNode } from './actor-node.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { type CheckFilter, checkSuitesOf } from './check-node.ts';
import { type GraphqlContext, requirePermission } from './graphql-context.ts';
import { pullRequestNode } from './pull-request-node.ts';

/** What an object id names in a repository; null where it names nothing. */
export async function gitObjectNode(oid: string, repository: Repository, context: GraphqlContext) {
  const object = await repository.git.object(oid);
  switch (object?.type) {
    case 'blob':
      return blobNode(object);
    case 'commit':
      return commitNode(parseCommit(object), repository, context);
    case 'tree':
      return treeNode(oid, repository, context);
    case 'tag':
    case undefined:
      return null;
  }
}

/** What a revision names: `main`, `<id>`, `main:configs/large.yaml`, `<id>:` for the root tree. */
export async function expressionNode(expression: string, repository: Repository, context: GraphqlContext) {
  const [revision = '', ...rest] = expression.split(':');
  const commit = await repository.git.resolve(revision);
  if (commit === null) return rest.length === 0 ? gitObjectNode(revision, repository, context) : null;
  if (rest.length === 0) return gitObjectNode(commit, repository, context);
  const path = rest.join(':');
  const { tree } = await repository.git.readCommit(commit);
  const oid = path === '' ? tree : (await repository.git.tree(tree)).get(path)?.oid;
  return oid === undefined ? null : gitObjectNode(oid, repository, context);
}

/** GitHub cuts the text of a blob there and says `isTruncated`. */
const textLimitBytes = 512_000;

function blobNode({ content, oid }: GitObject) {
  // As git does: a zero byte near the start makes a file binary.
  const isBinary = content.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    oid,
    byteSize: content.length,
    isBinary,
    isTruncated: content.length > textLimitBytes,
    text: () => (isBinary ? null : content.toString('utf8', 0, textLimitBytes)),
  };
}

function treeNode(oid: string, repository: Repository, context: GraphqlContext) {
  return {
    __typename: 'Tree',
    oid,
    entries: async () => {
      const all = [...(await repository.git.tree(oid)).values()];
      return all.filter(({ path }) => !path.includes('/')).map((entry) => treeEntryNode(entry, repository, context));
    },
  };
}

function treeEntryNode(entry: TreeEntry, repository: Repository, context: GraphqlContext) {
  return {
    name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
    path: entry.path,
    // GraphQL prints the octal mode as a decimal number: 33188 is 100644.
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: entry.size,
    object: () => gitObjectNode(entry.oid, repository, context),
  };
}

export async function commitNodeOf(oid: string, repository: Repository, context: GraphqlContext) {
  return commitNode(await repository.git.readCommit(oid), repository, context);
}

function commitNode(commit: Commit, repository: Repository, context: GraphqlContext) {
  const gitActor = (signature: Signature) => gitActorNode(signature, context);
  return {
    __typename: 'Commit',
    oid: commit.oid,
    message: commit.message,
    committedDate: commit.committer.date,
    author: () => gitActor(commit.author),
    committer: () => gitActor(commit.committer),
    authors: (page: ConnectionArguments) => connection(authorsOf(commit), page, gitActor),
    signature: () =>
      repository.isSignedByGitHub(commit.oid)
        ? { __typename: 'GpgSignature', isValid: true, wasSignedByGitHub: true }
        : null,
    parents: (page: ConnectionArguments) =>
      connection(commit.parents, page, (oid) => commitNodeOf(oid, repository, context)),
    history: async (page: ConnectionArguments) =>
      connection(await repository.git.history(commit.oid), page, (oid) => commitNodeOf(oid, repository, context)),
    tree: () => treeNode(commit.tree, repository, context),
    file: async ({ path }: { path: string }) => {
      const entry = (await repository.git.tree(commit.tree)).get(path);
      return entry === undefined ? null : treeEntryNode(entry, repository, context);
    },
    checkSuites: (page: ConnectionArguments & { readonly filterBy?: CheckFilter | null }) =>
      checkSuitesOf(commit.oid, page, repository, context),
    associatedPullRequests: async (page: ConnectionArguments) => {
      requirePermission(context, 'pull_requests:read');
      const pullRequests = await repository.pullRequestsWith(commit.oid);
      return connection(pullRequests, page, (pullRequest) => pullRequestNode(pullRequest, context));
    },
  };
}

/** The author and those whom `Co-authored-by` lines name. */
function authorsOf({ author, message }: Commit): Signature[] {
  const coAuthors = [...message.matchAll(/^co-authored-by: *(.*?) *<(.*)>$/gim)].map(([, name = '', email = '']) => {
    return { name, email, date: author.date };
  });
  return [author, ...coAuthors];
}

function gitActorNode({ date, email, name }: Signature, { world }: GraphqlContext) {
  const account = world.accountOfAddress(email);
  return { date, email, name, user: account?.type === 'User' ? actorNode(account) : null };
}
