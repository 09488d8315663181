import type { ApprovalScope } from '../core/policy/approval.ts';
import { clicksOf, scopesByCode, tookBack, wasTakenBack } from '../core/policy/carry-ledger.ts';
import type { Ledger } from '../core/policy/ledger.ts';
import type { Opinion } from '../core/policy/opinion.ts';
import type { CommandComment, Conversation } from './conversation.ts';
import type { AppRecords } from './evaluated.ts';
import { fingerprintCode } from './fingerprint.ts';

/** What the App knows of a pull request besides its reviews. */
export interface AppMemory {
  readonly ledger: Ledger;
  /** Approvals by command and button, and what takes them back. */
  readonly opinions: readonly Opinion[];
  /** What each code stands for that was ever shown, and that of the head. */
  readonly scopes: ReadonlyMap<string, ApprovalScope>;
  readonly codeOf: (scope: ApprovalScope) => string;
}

/** Puts together what was said by command and button. `current` is what waits at the head, where that is known. */
export function recall(
  { ledger, secret }: AppRecords,
  { commands }: Pick<Conversation, 'commands'>,
  pullRequest: number,
  current: ApprovalScope | null,
): AppMemory {
  const codeOf = (scope: ApprovalScope) => fingerprintCode(secret, pullRequest, scope);
  const ofHead = current === null || current.items.length === 0 ? [] : [[codeOf(current), current] as const];
  const said = [...commands.flatMap(opinionOfComment), ...clicksOf(ledger)];
  return {
    ledger,
    opinions: said.map((opinion) => (wasTakenBack(ledger, opinion.id) ? { ...opinion, withdraws: tookBack } : opinion)),
    scopes: new Map([...ofHead, ...scopesByCode(ledger.shown)]),
    codeOf,
  };
}

export function commentId(id: number): string {
  return `comment ${id}`;
}

/** Of a comment the last word counts. One that was edited says nothing: who edited it may be somebody else. */
function opinionOfComment({ id, by, isBot, at, isEdited, commands }: CommandComment): Opinion[] {
  const command = commands.findLast(({ kind }) => kind === 'approve' || kind === 'unapprove');
  if (command === undefined || (isEdited && command.kind === 'unapprove')) return [];
  const code = command.kind === 'approve' ? command.code : null;
  const withdraws = command.kind === 'unapprove' ? tookBack : null;
  const edited = isEdited ? 'stands in a comment that was edited; write a new one' : null;
  const flaw = edited ?? (code === null ? 'names no code; write "/scalegate approve CODE"' : null);
  return [{ id: commentId(id), by, isBot, how: 'command', at, shownAt: null, withdraws, commit: null, code, flaw }];
}
