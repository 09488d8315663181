import { createHash } from 'node:crypto';
import type { Evaluation, Suggestion } from '../../core/report/evaluation.ts';
import { renderSuggestion } from '../../core/report/outputs/markdown/suggestion.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { readRest, type Page } from '../http/read-pages.ts';
import { statusOf } from '../http/status-of.ts';

/** What can be suggested on the lines of a pull request: where what was read are not its own lines, nothing. */
export function suggestionsOf({
  because,
  evaluation,
}: {
  readonly because: string | null;
  readonly evaluation: Pick<Evaluation, 'suggestions'>;
}): readonly Suggestion[] {
  return because === null ? evaluation.suggestions : [];
}

/** The pull request, its head, and which of several comments of scalegate the suggestions belong to. */
export interface SuggestedOn {
  readonly number: number;
  readonly headSha: string;
  /** The first line of that comment. */
  readonly marker: string;
}

/**
 * Keeps comments with suggestions on the lines of a pull request: each change once, however often it is evaluated, its
 * figures updated in place, and gone when it helps no more. `before` is what our comment said last: without suggestions
 * in it there are none to look for, and one in it that is gone was deleted by somebody who did not want it. Returns what
 * is to be noted in the comment. What GitHub does not take stays in the comment as text.
 */
export async function publishSuggestions(
  client: GitHubClient,
  repository: RepositoryName,
  on: SuggestedOn,
  suggestions: readonly Suggestion[],
  before: string,
): Promise<string> {
  const known = notedIn(before);
  if (known.length + suggestions.length === 0) return '';
  const wanted = suggestions.map((suggestion) => ({ suggestion, ...written(suggestion, on.marker) }));
  const isOurs = ({ key }: Thread) => known.includes(key) || wanted.some((one) => one.key === key);
  const isWanted = ({ key, isOutdated }: Thread) => !isOutdated && wanted.some((one) => one.key === key);
  const threads = known.length === 0 ? [] : (await listThreads(client, repository, on)).filter(isOurs);
  for (const thread of threads) {
    const body = isWanted(thread) ? wanted.find(({ key }) => key === thread.key)?.body : null;
    if (body == null) await takeBack(client, repository, thread);
    else if (body !== thread.body) await update(client, repository, thread.id, body);
  }
  const standing = new Set(threads.filter(isWanted).map(({ key }) => key));
  const missing = wanted.filter(({ key }) => !standing.has(key));
  // A thread that was outdated was taken back here, and nobody has deleted it
  const unwanted = missing.filter(({ key }) => known.includes(key) && !threads.some((thread) => thread.key === key));
  const noted = new Set([...standing, ...unwanted.map(({ key }) => key)]);
  for (const one of missing.filter(({ key }) => !noted.has(key))) {
    if (await create(client, repository, on, one.suggestion, one.body)) noted.add(one.key);
  }
  if (noted.size > standing.size + unwanted.length) {
    await removeDoubles(client, repository, (await listThreads(client, repository, on)).filter(isOurs));
  }
  return noted.size === 0 ? '' : `${noteStart}${[...noted].join(' ')} -->`;
}

const noteStart = '<!-- scalegate:suggested ';

function notedIn(body: string): readonly string[] {
  const start = body.indexOf(noteStart);
  const end = body.indexOf(' -->', start);
  return start === -1 || start > 500 || end === -1 ? [] : body.slice(start + noteStart.length, end).split(' ');
}

/** A suggestion is the lines that it replaces and what by, wherever they stand by now. */
function written(suggestion: Suggestion, marker: string): { readonly key: string; readonly body: string } {
  const { path, before, after } = suggestion;
  const hash = createHash('sha256').update(JSON.stringify([marker, path, before, after]));
  const key = hash.digest('hex').slice(0, 16);
  return { key, body: `${threadStart}${key} -->\n${renderSuggestion(suggestion)}`.trim() };
}

const threadStart = '<!-- scalegate:suggestion ';

/** A thread that one of our suggestions started. */
interface Thread {
  readonly key: string;
  readonly id: number;
  readonly body: string;
  /** Its lines are no longer as they were. */
  readonly isOutdated: boolean;
  readonly hasReplies: boolean;
}

interface ThreadNode {
  readonly isOutdated: boolean;
  readonly comments: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly fullDatabaseId: string | number;
      readonly body: string;
      readonly viewerDidAuthor: boolean;
    }[];
  };
}

const threadsPage = `reviewThreads(first: 100, after: $after) {
  nodes { isOutdated comments(first: 1) { totalCount nodes { fullDatabaseId body viewerDidAuthor } } }
  pageInfo { hasNextPage endCursor }
}`;

async function listThreads(
  client: GitHubClient,
  repository: RepositoryName,
  { number }: SuggestedOn,
): Promise<readonly Thread[]> {
  const none: Page<ThreadNode> = { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } };
  const nodes = await readRest(client, repository, number, none, threadsPage);
  return nodes.flatMap(({ comments, isOutdated }): Thread[] => {
    const [first] = comments.nodes;
    if (first?.viewerDidAuthor !== true || !first.body.startsWith(threadStart)) return [];
    const key = first.body.slice(threadStart.length, threadStart.length + 16);
    const body = first.body.replaceAll('\r\n', '\n').trim();
    return [{ key, id: Number(first.fullDatabaseId), body, isOutdated, hasReplies: comments.totalCount > 1 }];
  });
}

/** False where GitHub does not take it: the token may not, or GitHub's diff does not show the lines. */
async function create(
  client: GitHubClient,
  repository: RepositoryName,
  { number, headSha }: SuggestedOn,
  { path, startLine, endLine }: Suggestion,
  body: string,
): Promise<boolean> {
  const several = startLine === endLine ? {} : { start_line: startLine, start_side: 'RIGHT' as const };
  try {
    await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      ...repository,
      pull_number: number,
      commit_id: headSha,
      path,
      body,
      side: 'RIGHT',
      line: endLine,
      ...several,
    });
    return true;
  } catch (error) {
    if ([403, 404, 422].includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}

async function update(client: GitHubClient, repository: RepositoryName, id: number, body: string): Promise<void> {
  const route = 'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}';
  await client.request(route, { ...repository, comment_id: id, body });
}

/** What people have answered stays, below a remark; the rest goes. */
async function takeBack(
  client: GitHubClient,
  repository: RepositoryName,
  { id, hasReplies }: Pick<Thread, 'id' | 'hasReplies'>,
): Promise<void> {
  if (hasReplies) return update(client, repository, id, 'A suggestion of scalegate, which no longer applies.');
  try {
    const route = 'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}';
    await client.request(route, { ...repository, comment_id: id });
  } catch (error) {
    // Another run was faster
    if (statusOf(error) !== 404) throw error;
  }
}

/** Two runs at a time may have made one each: the older stays. */
async function removeDoubles(
  client: GitHubClient,
  repository: RepositoryName,
  threads: readonly Thread[],
): Promise<void> {
  const seen = new Set<string>();
  for (const thread of threads.toSorted((a, b) => a.id - b.id)) {
    if (thread.isOutdated) continue;
    if (seen.has(thread.key)) await takeBack(client, repository, thread);
    seen.add(thread.key);
  }
}
