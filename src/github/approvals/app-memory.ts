import type { Approval } from '../../core/policy/approvals/approval.ts';
import { pressesOf, scopesByCode } from '../../core/policy/approvals/carry-ledger.ts';
import type { Ledger } from '../../core/policy/approvals/ledger.ts';
import type { ApprovalScope } from '../../core/policy/approvals/request.ts';
import { tookBack, type Said, type Withdrawal } from '../../core/policy/approvals/withdrawal.ts';
import type { CommandComment, Conversation } from '../comments/conversation.ts';
import type { AppRecords } from '../evaluated.ts';
import { fingerprintCode } from './fingerprint.ts';

/** What the App knows of a pull request besides its reviews. */
export interface AppMemory {
  readonly ledger: Ledger;
  /** By command and button. */
  readonly said: Said;
  /** What each code stands for that was ever shown, and that of the head. */
  readonly scopes: ReadonlyMap<string, ApprovalScope>;
  readonly codeOf: (scope: ApprovalScope) => string;
  /** What the author of a review had before them; null where nothing was shown to them. */
  readonly scopeSeenBy: (review: Approval) => ApprovalScope | null;
}

/** Puts together what was said by command and button. `current` is what waits at the head, where that is known. */
export function recall(
  { ledger, secret, shownAt = () => null }: AppRecords,
  { commands }: Pick<Conversation, 'commands'>,
  pullRequest: number,
  current: ApprovalScope | null,
): AppMemory {
  const codeOf = (scope: ApprovalScope) => fingerprintCode(secret, pullRequest, scope);
  const ofHead = current === null || current.items.length === 0 ? [] : [[codeOf(current), current] as const];
  const scopes = new Map([...ofHead, ...scopesByCode(ledger.shown)]);
  const { approvals, withdrawals } = saidIn(commands);
  const codes = new Map(ledger.entries.map(({ id, code }) => [id, code]));
  return {
    ledger,
    said: { approvals: [...approvals, ...pressesOf(ledger)], withdrawals },
    scopes,
    codeOf,
    scopeSeenBy: ({ id, commit, at }) => {
      const judged = scopes.get(codes.get(id) ?? '');
      if (judged !== undefined || commit === null) return judged ?? null;
      const shown = shownAt(commit, at);
      return shown === null ? null : (scopes.get(shown.code ?? '') ?? nothingWaited);
    },
  };
}

/** What a check showed on which nothing waited: it covers nothing. */
const nothingWaited: ApprovalScope = { guards: '', items: [] };

export function commentId(id: number): string {
  return `comment ${id}`;
}

/**
 * Of a comment the last word counts. One that was edited approves nothing: who edited it may be somebody else. What it
 * takes back stays taken back, for the same reason.
 */
function saidIn(comments: readonly CommandComment[]): Said {
  const approvals: Approval[] = [];
  const withdrawals: Withdrawal[] = [];
  for (const { id, by, isBot, at, isEdited, commands } of comments) {
    const command = commands.findLast(({ kind }) => kind === 'approve' || kind === 'unapprove');
    if (command?.kind === 'unapprove') withdrawals.push({ id: commentId(id), by, at, because: tookBack });
    if (command?.kind !== 'approve') continue;
    const { code } = command;
    const flaw = code === null ? 'names no code; write "/scalegate approve CODE"' : null;
    const ignoredBecause = isEdited ? 'stands in a comment that was edited; write a new one' : flaw;
    const ofComment = { id: commentId(id), by, isBot, how: 'command', at, shownAt: null, commit: null } as const;
    approvals.push({ ...ofComment, code, ignoredBecause });
  }
  return { approvals, withdrawals };
}
