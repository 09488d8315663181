import { commentMarker } from '../core/report/outputs/markdown/markdown.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { compareCommits } from './comparison.ts';
import { isRequestFailure } from './explain-error.ts';
import { readPages, type PageInfo } from './read-pages.ts';
import { statusOf } from './status-of.ts';

/** What became of a comment. Whatever it was, the verdict stands. */
export type CommentResult =
  | { readonly kind: 'created' | 'updated' | 'unchanged' | 'deleted' | 'none' }
  /** scalegate's App is installed and has commented: one comment a pull request, whoever is installed. */
  | { readonly kind: 'app-owns-it' }
  /** The pull request has a newer head, or the comment that is there is of a newer base. */
  | { readonly kind: 'superseded' }
  /** Merged or closed: what was last said stays. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly error: Error };

/** What is to be said on a pull request about one of its commits. */
export interface CommentRequest {
  readonly number: number;
  readonly headSha: string;
  /** Starts with the marker; null takes back what was said before. */
  readonly body: string | null;
  /** Of the App: the base that was evaluated. A comment that is of a newer one stays. The Action leaves it out. */
  readonly baseSha?: string;
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly isOurs: boolean;
  readonly isApps: boolean;
  /** The base that ours says it is of; null where it does not, or where somebody else has edited it. */
  readonly baseSha: string | null;
}

/**
 * Keeps one comment on a pull request: updates ours in place, writes nothing when nothing changed, and removes doubles
 * of it that two runs at the same time may have made. Best effort: what GitHub refuses is a result, not an error.
 */
export async function publishComment(
  client: GitHubClient,
  repository: RepositoryName,
  { number, headSha, body: text, baseSha }: CommentRequest,
): Promise<CommentResult> {
  const body = text === null || baseSha === undefined ? text : withVersion(text, headSha, baseSha);
  try {
    const { currentHeadSha, isOpen, comments } = await listComments(client, repository, number, headSha);
    if (!isOpen) return { kind: 'closed' };
    if (currentHeadSha !== headSha) return { kind: 'superseded' };
    const ours = comments.filter(({ isOurs }) => isOurs);
    if (baseSha === undefined && comments.some(({ isApps }) => isApps)) {
      await deleteComments(client, repository, ours);
      return { kind: 'app-owns-it' };
    }
    const said = ours[0]?.baseSha ?? null;
    if (baseSha !== undefined && said !== null && (await isBefore(client, repository, baseSha, said))) {
      return { kind: 'superseded' };
    }
    if (body === null) {
      await deleteComments(client, repository, ours);
      return { kind: ours.length > 0 ? 'deleted' : 'none' };
    }
    if (ours.length > 0) return { kind: (await keepOldest(client, repository, ours, body)) ? 'updated' : 'unchanged' };
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    await client.request(route, { ...repository, issue_number: number, body });
    // GitHub has no "create unless there is one": another run may have created its own since we looked
    const { comments: now } = await listComments(client, repository, number, headSha);
    await keepOldest(
      client,
      repository,
      now.filter(({ isOurs }) => isOurs),
      body,
    );
    return { kind: 'created' };
  } catch (error) {
    if (isRequestFailure(error)) return { kind: 'refused', error };
    throw error;
  }
}

/** The comment says of which commits it is, on a line that nobody sees. */
function withVersion(body: string, headSha: string, baseSha: string): string {
  return body.replace(commentMarker, `${commentMarker}\n${versionLine(headSha, baseSha)}`);
}

function versionLine(headSha: string, baseSha: string): string {
  return `<!-- scalegate:of ${headSha} ${baseSha} -->`;
}

function baseShaOf(body: string, headSha: string): string | null {
  const found = /^<!-- scalegate:of ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) -->$/m.exec(body.slice(0, 300));
  return found?.[1] === headSha ? (found[2] ?? null) : null;
}

/** Whether a base is an ancestor of another, by their history: no clock tells it. */
async function isBefore(
  client: GitHubClient,
  repository: RepositoryName,
  sha: string,
  other: string,
): Promise<boolean> {
  if (sha === other) return false;
  try {
    return (await compareCommits(client, repository, other, sha)).mergeBase === sha;
  } catch (error) {
    // A base that was pushed away
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** Gives the oldest of our comments the body and deletes the others; false when there was nothing to write. */
async function keepOldest(
  client: GitHubClient,
  repository: RepositoryName,
  [oldest, ...doubles]: readonly Comment[],
  body: string,
): Promise<boolean> {
  await deleteComments(client, repository, doubles);
  if (oldest === undefined || normalized(oldest.body) === normalized(body)) return false;
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  await client.request(route, { ...repository, comment_id: oldest.id, body });
  return true;
}

async function deleteComments(
  client: GitHubClient,
  repository: RepositoryName,
  comments: readonly Comment[],
): Promise<void> {
  for (const { id } of comments) {
    try {
      const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await client.request(route, { ...repository, comment_id: id });
    } catch (error) {
      // Another run was faster
      if (statusOf(error) !== 404) throw error;
    }
  }
}

function normalized(body: string): string {
  return body.replaceAll('\r\n', '\n').trim();
}

interface Actor {
  readonly __typename: string;
  readonly login: string;
}

interface CommentsPage {
  readonly headRefOid: string;
  readonly state: string;
  readonly comments: {
    readonly nodes: readonly {
      readonly fullDatabaseId: string | number;
      readonly body: string;
      readonly viewerDidAuthor: boolean;
      readonly author: Actor | null;
      readonly editor: Actor | null;
    }[];
    readonly pageInfo: PageInfo;
  };
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid state
      comments(first: 100, after: $after) {
        nodes { fullDatabaseId body viewerDidAuthor author { __typename login } editor { __typename login } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/**
 * All comments that carry our marker, oldest first, and what the pull request is now. A marker is only text:
 * what some user pasted is neither ours nor the App's.
 */
async function listComments(client: GitHubClient, repository: RepositoryName, number: number, headSha: string) {
  const pageInfoOf = ({ comments }: CommentsPage) => comments.pageInfo;
  const pages = await readPages(client, query, repository, number, pageInfoOf);
  const found = pages.flatMap(({ comments }) => comments.nodes).filter(({ body }) => body.startsWith(commentMarker));
  const comments = found.map(({ fullDatabaseId, body, viewerDidAuthor, author, editor }): Comment => {
    const isApps = !viewerDidAuthor && author?.__typename === 'Bot';
    const isAsWritten = editor === null || editor.login === author?.login;
    const baseSha = isAsWritten ? baseShaOf(body, headSha) : null;
    return { id: Number(fullDatabaseId), body, isOurs: viewerDidAuthor, isApps, baseSha };
  });
  const last = pages.at(-1);
  return { currentHeadSha: last?.headRefOid ?? '', isOpen: last?.state === 'OPEN', comments };
}
