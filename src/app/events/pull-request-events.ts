import { z } from 'zod';
import type { SubjectOf } from '../work/work.ts';
import { repositoryEvent, unusedAction, type EventOrigin, type Reading } from './event.ts';

const lookedAt = new Set(['opened', 'synchronize', 'ready_for_review', 'converted_to_draft', 'closed']);

const Account = z.object({ login: z.string(), type: z.string().optional() });

const PullRequestEvent = z.object({
  pull_request: z.object({ number: z.int() }),
  changes: z.object({ base: z.unknown().optional() }).optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  sender: Account,
});

/** A pull request that was opened, pushed to, retargeted, made a draft or no draft, or closed. */
export const readPullRequestEvent = repositoryEvent(PullRequestEvent, (event, origin) => {
  const { after, before, changes, pull_request, sender } = event;
  if (origin.action === 'reopened') return lookAt(pull_request.number, origin, { again: true });
  if (before !== undefined && after !== undefined && sender.type === 'User') {
    return lookAt(pull_request.number, origin, { push: { by: sender.login, before, after } });
  }
  if (lookedAt.has(origin.action)) return lookAt(pull_request.number, origin);
  if (origin.action !== 'edited') return unusedAction(origin);
  // Title and description decide nothing; another base decides everything
  return changes?.base === undefined ? { ignored: 'edited, but not its base' } : lookAt(pull_request.number, origin);
});

const ReviewEvent = z.object({ pull_request: z.object({ number: z.int() }), review: z.object({ state: z.string() }) });

/** A review. Mere comments are no opinion, neither for GitHub nor here, and come with every reply in a thread. */
export const readReviewEvent = repositoryEvent(ReviewEvent, ({ pull_request, review }, origin) => {
  if (!['submitted', 'edited', 'dismissed'].includes(origin.action)) return unusedAction(origin);
  if (review.state.toLowerCase() === 'commented') return { ignored: 'a review that only comments' };
  return lookAt(pull_request.number, origin);
});

const CommentEvent = z.object({
  issue: z.object({ number: z.int(), pull_request: z.unknown().optional() }),
  comment: z.object({
    body: z.string().nullable(),
    user: Account.nullable(),
    performed_via_github_app: z.object({ id: z.int() }).nullish(),
  }),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).optional(),
  sender: Account,
});

/** Reading a command is somebody else's matter; this only tells that there may be one. */
const command = /^[ \t]*\/scalegate\b/im;

/** Of our comment and of our replies, by their markers. */
const ourFirstWords = '<!-- scalegate:';

/**
 * A comment with a command, as it is or as it was before the edit, or ours when somebody else edited or deleted it. What
 * we write ourselves asks for nothing, or we would answer ourselves without end.
 */
export const readCommentEvent = repositoryEvent(
  CommentEvent,
  ({ issue, comment, changes, sender }, origin, _, appId) => {
    if (!['created', 'edited', 'deleted'].includes(origin.action)) return unusedAction(origin);
    if (issue.pull_request == null) return { ignored: 'a comment on an issue' };
    const texts = [comment.body ?? '', changes?.body?.from ?? ''];
    const isOurs =
      comment.performed_via_github_app?.id === appId ||
      (comment.user?.type === 'Bot' && texts.some((text) => text.startsWith(ourFirstWords)));
    if (isOurs && sender.login === comment.user?.login) return { ignored: 'our own comment' };
    const matters = isOurs ? origin.action !== 'created' : texts.some((text) => command.test(text));
    return matters ? lookAt(issue.number, origin) : { ignored: 'a comment without a command' };
  },
);

function lookAt(
  number: number,
  { ofRepository, receivedAt }: EventOrigin,
  more: Partial<Pick<SubjectOf<'pull-request'>, 'again' | 'push'>> = {},
): Reading {
  return [{ kind: 'pull-request', ...ofRepository, number, again: false, receivedAt, ...more }];
}
