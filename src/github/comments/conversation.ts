import { parseCommands, type Command } from '../../core/policy/command.ts';
import type { CommentEdit } from '../../core/policy/approvals/ledger.ts';
import { commentMarker } from '../../core/report/outputs/markdown/markdown.ts';
import { actorFields, type Actor } from '../reading/actor.ts';
import { readReplyMarker, type ReplyMarker } from './reply-marker.ts';

/** A comment that holds a command. */
export interface CommandComment {
  readonly id: number;
  readonly by: string;
  readonly isBot: boolean;
  /** ISO 8601. */
  readonly at: string;
  /** Whether anybody has changed its text since it was written. */
  readonly isEdited: boolean;
  readonly commands: readonly Command[];
  /** Whether scalegate has put a reaction on it. */
  readonly hasReceipt: boolean;
}

/** What matters to scalegate in the conversation of a pull request. */
export interface Conversation {
  /** In the order in which they were written. */
  readonly commands: readonly CommandComment[];
  /** Edits of scalegate's comment by others. */
  readonly edits: readonly CommentEdit[];
  /** Which commands scalegate has answered in words. */
  readonly replies: readonly ReplyMarker[];
}

export interface CommentNode {
  readonly fullDatabaseId: string | number;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly viewerDidAuthor: boolean;
  readonly author: Actor | null;
  readonly editor: Actor | null;
  readonly reactionGroups: readonly { readonly viewerHasReacted: boolean }[] | null;
}

export const commentsPage = `comments(first: 100, after: $after) {
  nodes {
    fullDatabaseId body createdAt lastEditedAt viewerDidAuthor
    author { ${actorFields} } editor { ${actorFields} } reactionGroups { viewerHasReacted }
  }
  pageInfo { hasNextPage endCursor }
}`;

/** Looks through the comments of a pull request for commands, and through ours for what others did to them. */
export function conversationOf(nodes: readonly CommentNode[]): Conversation {
  const ours = nodes.filter(({ viewerDidAuthor }) => viewerDidAuthor);
  return {
    commands: nodes.flatMap(commandsOf),
    edits: ours.filter(({ body }) => body.includes(commentMarker)).flatMap(editByAnother),
    replies: ours.flatMap(({ body, createdAt }) => readReplyMarker(body, createdAt) ?? []),
  };
}

function commandsOf(node: CommentNode): CommandComment[] {
  const { fullDatabaseId, body, author, createdAt, lastEditedAt, editor, viewerDidAuthor, reactionGroups } = node;
  const commands = viewerDidAuthor || author === null ? [] : parseCommands(body);
  if (author === null || commands.length === 0) return [];
  return [
    {
      id: Number(fullDatabaseId),
      by: author.login,
      isBot: author.__typename !== 'User',
      at: createdAt,
      isEdited: lastEditedAt !== null || editor !== null,
      commands,
      hasReceipt: (reactionGroups ?? []).some(({ viewerHasReacted }) => viewerHasReacted),
    },
  ];
}

/** Our own updates are edits too. */
function editByAnother({ author, editor, lastEditedAt }: CommentNode): CommentEdit[] {
  if (editor === null || lastEditedAt === null) return [];
  const isOurs = editor.login === author?.login && editor.__typename === author.__typename;
  return isOurs ? [] : [{ by: editor.login, at: lastEditedAt }];
}
