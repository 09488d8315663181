import type { ApprovalScope } from '../../core/policy/approval.ts';
import { clicksOf, scopesByCode } from '../../core/policy/carry-ledger.ts';
import type { Ledger } from '../../core/policy/ledger.ts';
import { tookBack, type Statement } from '../../core/policy/statement.ts';
import type { CommandComment, Conversation } from '../comments/conversation.ts';
import type { AppRecords } from '../evaluated.ts';
import { fingerprintCode } from './fingerprint.ts';

/** What the App knows of a pull request besides its reviews. */
export interface AppMemory {
  readonly ledger: Ledger;
  /** Approvals by command and button, and what takes them back. */
  readonly statements: readonly Statement[];
  /** What each code stands for that was ever shown, and that of the head. */
  readonly scopes: ReadonlyMap<string, ApprovalScope>;
  readonly codeOf: (scope: ApprovalScope) => string;
  /** What the author of a review had before them; null where nothing was shown to them. */
  readonly scopeSeenBy: (review: Statement) => ApprovalScope | null;
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
  const codes = new Map(ledger.entries.map(({ id, code }) => [id, code]));
  return {
    ledger,
    statements: [...commands.flatMap(statementOfComment), ...clicksOf(ledger)],
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
function statementOfComment({ id, by, isBot, at, isEdited, commands }: CommandComment): Statement[] {
  const command = commands.findLast(({ kind }) => kind === 'approve' || kind === 'unapprove');
  if (command === undefined) return [];
  const code = command.kind === 'approve' ? command.code : null;
  const withdraws = command.kind === 'unapprove' ? tookBack : null;
  const edited = isEdited ? 'stands in a comment that was edited; write a new one' : null;
  const flaw = edited ?? (code === null ? 'names no code; write "/scalegate approve CODE"' : null);
  return [{ id: commentId(id), by, isBot, how: 'command', at, shownAt: null, withdraws, commit: null, code, flaw }];
}
