import { helpText, renderExplanation } from '../../core/report/outputs/markdown/replies.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import type { AnsweredCommand, EvaluatedPullRequest } from '../evaluated.ts';
import { isRequestFailure } from '../http/explain-error.ts';
import { statusOf } from '../http/status-of.ts';
import { writeReplyMarker, type ReplyMarker } from './reply-marker.ts';

/** Replies that one person gets in an hour: each is a notification for everybody who follows the pull request. */
const repliesPerHour = 5;
const hourMs = 3_600_000;

/** What became of the receipts. Best effort: whatever GitHub refuses, the verdict stands. */
export type ReceiptResult =
  | { readonly kind: 'done'; readonly reactions: number; readonly replies: number }
  | { readonly kind: 'refused'; readonly error: Error };

/**
 * Answers commands: first in words where they ask for words, then with a reaction, by which the command is known to be
 * done. Commands of people without the needed role get a reaction and nothing else.
 */
export async function publishReceipts(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  { commands, evaluation, replies: known }: Pick<EvaluatedPullRequest, 'commands' | 'evaluation' | 'replies'>,
): Promise<ReceiptResult> {
  const replies = [...known];
  let reactions = 0;
  try {
    for (const command of commands) {
      const words = wordsFor(command, evaluation);
      if (words !== null && mayReply(command, replies)) {
        const marker = { commentId: command.commentId, to: command.by };
        const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        await client.request(route, {
          ...repository,
          issue_number: number,
          body: `${writeReplyMarker(marker)}\n${words}`,
        });
        replies.push({ ...marker, at: command.at });
      }
      if (await react(client, repository, command)) reactions += 1;
    }
  } catch (error) {
    if (isRequestFailure(error)) return { kind: 'refused', error };
    throw error;
  }
  return { kind: 'done', reactions, replies: replies.length - known.length };
}

/** False for a comment that is gone by now. */
async function react(client: GitHubClient, repository: RepositoryName, command: AnsweredCommand): Promise<boolean> {
  try {
    const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
    await client.request(route, { ...repository, comment_id: command.commentId, content: reactionTo(command) });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

function wordsFor({ command, ignoredBecause }: AnsweredCommand, evaluation: EvaluatedPullRequest['evaluation']) {
  if (ignoredBecause !== null) return null;
  if (command.kind === 'help') return helpText;
  return command.kind === 'explain' ? renderExplanation(evaluation) : null;
}

/** Once a comment, and so many a person and hour by the time of GitHub. */
function mayReply({ commentId, by, at }: AnsweredCommand, replies: readonly ReplyMarker[]): boolean {
  if (replies.some((reply) => reply.commentId === commentId)) return false;
  const recent = replies.filter(({ to, at: then }) => to === by && Date.parse(at) - Date.parse(then) < hourMs);
  return recent.length < repliesPerHour;
}

/** Rocket: it counts. Confused: it does not, and the comment says why. Eyes: it was read. */
function reactionTo({ command, ignoredBecause }: AnsweredCommand): 'rocket' | 'confused' | 'eyes' | '+1' {
  if (ignoredBecause !== null) return 'confused';
  if (command.kind === 'approve') return 'rocket';
  return command.kind === 'unapprove' ? '+1' : 'eyes';
}
