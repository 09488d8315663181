import { setTimeout as sleep } from 'node:timers/promises';
import type { Suggestion } from '../../core/report/evaluation.ts';
import { commentMarkerOf, commentMarkerStart } from '../../core/report/outputs/markdown/markdown.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { compareCommits } from '../reading/comparison.ts';
import { isRequestFailure } from '../http/explain-error.ts';
import { commentsPage, type CommentNode } from './conversation.ts';
import { publishSuggestions } from './suggestions.ts';
import { readRest, type Page } from '../http/read-pages.ts';
import { statusOf } from '../http/status-of.ts';

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
  /** Which of several comments it is; left out for the only one. */
  readonly id?: string | null;
  /** Changes to suggest on the lines of the pull request, beside the comment. */
  readonly suggestions?: readonly Suggestion[];
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly isOurs: boolean;
  readonly isApps: boolean;
  /** Whether nobody else has edited it. */
  readonly isAsWritten: boolean;
  /** The base that ours says it is of; null where it does not, or where somebody else has edited it. */
  readonly baseSha: string | null;
}

/** How often the list is asked for until it shows what was just written, and the time between. */
const looks = 5;
const looksApartMs = 1000;

/**
 * Keeps one comment on a pull request: updates ours in place, writes nothing when nothing changed, and removes doubles
 * of it that two runs at the same time may have made. Best effort: what GitHub refuses is a result, not an error.
 */
export async function publishComment(
  client: GitHubClient,
  repository: RepositoryName,
  { number, headSha, body: text, baseSha, id = null, suggestions = [] }: CommentRequest,
  listed: ListedComments | null = null,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<CommentResult> {
  const marker = commentMarkerOf(id);
  try {
    const list = () => listComments(client, repository, number);
    const { currentHeadSha, isOpen, nodes } = listed ?? (await list());
    const comments = ofScalegate(nodes, headSha, marker);
    if (!isOpen) return { kind: 'closed' };
    if (currentHeadSha !== headSha) return { kind: 'superseded' };
    const ours = comments.filter(({ isOurs }) => isOurs);
    const suggest = (wanted: readonly Suggestion[]) => {
      const before = ours[0]?.isAsWritten === true ? ours[0].body : '';
      return publishSuggestions(client, repository, { number, headSha, marker }, wanted, before);
    };
    if (baseSha === undefined && comments.some(({ isApps }) => isApps)) {
      await suggest([]);
      await deleteComments(client, repository, ours);
      return { kind: 'app-owns-it' };
    }
    const said = ours[0]?.baseSha ?? null;
    if (baseSha !== undefined && said !== null && (await isBefore(client, repository, baseSha, said))) {
      return { kind: 'superseded' };
    }
    if (text === null) {
      await suggest([]);
      await deleteComments(client, repository, ours);
      return { kind: ours.length > 0 ? 'deleted' : 'none' };
    }
    const version = baseSha === undefined ? '' : versionLine(headSha, baseSha);
    const body = withLines(text, marker, [version, await suggest(suggestions)]);
    if (ours.length > 0) return { kind: (await keepOldest(client, repository, ours, body)) ? 'updated' : 'unchanged' };
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const { data } = await client.request(route, { ...repository, issue_number: number, body });
    // GitHub has no "create unless there is one": another run may have created its own since we looked. A list that shows
    // ours shows those that are older
    for (let left = looks; left > 0; left -= 1) {
      const now = ofScalegate((await list()).nodes, headSha, marker).filter(({ isOurs }) => isOurs);
      if (now.some((comment) => comment.id === Number(data.id))) {
        await keepOldest(client, repository, now, body);
        break;
      }
      if (left > 1) await wait(looksApartMs);
    }
    return { kind: 'created' };
  } catch (error) {
    if (isRequestFailure(error)) return { kind: 'refused', error };
    throw error;
  }
}

/** The comment says of which commits it is, and what it has suggested, on lines that nobody sees. */
function withLines(body: string, marker: string, lines: readonly string[]): string {
  return body.replace(marker, [marker, ...lines.filter((line) => line !== '')].join('\n'));
}

function versionLine(headSha: string, baseSha: string): string {
  return `<!-- scalegate:of ${headSha} ${baseSha} -->`;
}

/** The same but for that line, which no reader sees. */
function withoutVersion(body: string): string {
  return body.replace(/^<!-- scalegate:of [0-9a-f]{40,64} [0-9a-f]{40,64} -->\n/m, '');
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
  if (oldest === undefined || (oldest.isAsWritten && normalized(oldest.body) === normalized(body))) return false;
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
  return withoutVersion(body.replaceAll('\r\n', '\n')).trim();
}

/** All comments of a pull request, and what it is now. */
export interface ListedComments {
  readonly currentHeadSha: string;
  readonly isOpen: boolean;
  readonly nodes: readonly CommentNode[];
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid state ${commentsPage} }
  }
}`;

async function listComments(client: GitHubClient, repository: RepositoryName, number: number): Promise<ListedComments> {
  const answer: {
    readonly repository: {
      readonly pullRequest: {
        readonly headRefOid: string;
        readonly state: string;
        readonly comments: Page<CommentNode>;
      };
    };
  } = await client.graphql(query, { ...repository, number, after: null });
  const { comments, headRefOid, state } = answer.repository.pullRequest;
  const nodes = await readRest(client, repository, number, comments, commentsPage);
  return { currentHeadSha: headRefOid, isOpen: state === 'OPEN', nodes };
}

/** Those that carry our marker, oldest first. A marker is only text: what some user pasted is neither ours nor the App's. */
function ofScalegate(nodes: readonly CommentNode[], headSha: string, marker: string): readonly Comment[] {
  const found = nodes.filter(({ body }) => body.startsWith(commentMarkerStart));
  return found.map(({ fullDatabaseId, body, viewerDidAuthor, author, editor }): Comment => {
    const isApps = !viewerDidAuthor && author?.__typename === 'Bot';
    const isAsWritten = editor === null || editor.login === author?.login;
    const baseSha = isAsWritten ? baseShaOf(body, headSha) : null;
    return {
      id: Number(fullDatabaseId),
      body,
      isOurs: viewerDidAuthor && body.startsWith(marker),
      isApps,
      isAsWritten,
      baseSha,
    };
  });
}
