/** Which comment one of our replies answers. */
export interface ReplyMarker {
  readonly commentId: number;
  /** Who asked. */
  readonly to: string;
  /** When we replied, ISO 8601. */
  readonly at: string;
}

/** First line of a reply: by it and by its author the reply is found again. */
export function writeReplyMarker({ commentId, to }: Omit<ReplyMarker, 'at'>): string {
  return `<!-- scalegate:reply ${commentId} ${to.replaceAll(/[^\w-]/g, '')} -->`;
}

/** null for a comment that is no reply. It is to be asked only of comments that we wrote. */
export function readReplyMarker(body: string, at: string): ReplyMarker | null {
  const match = /^<!-- scalegate:reply (\d{1,19}) ([\w-]*) -->/.exec(body);
  return match === null ? null : { commentId: Number(match[1]), to: match[2] ?? '', at };
}
