import type { Approval } from '../../../policy/approvals/approval.ts';
import { encodeLedger } from '../../../policy/approvals/ledger-text.ts';
import type { Ledger } from '../../../policy/approvals/ledger.ts';
import { inlineCode, plainText } from '../../escape.ts';
import { shortTime } from './short-time.ts';

const mostRows = 50;

/**
 * The audit trail for the check run, which only the App can write: who approved, when, how, what, and what it is worth
 * now; then the same for the App to read again. At most `budget` characters.
 */
export function renderAudit(ledger: Ledger, budget = 60_000): string {
  const table = auditTable(ledger);
  const shown = table.length > budget / 2 ? '' : table;
  return `${shown}${encodeLedger(ledger, budget - shown.length)}`;
}

function auditTable({ entries, edits }: Ledger): string {
  const rows = entries.slice(-mostRows).map(auditRow);
  const older = entries.length - rows.length;
  const head = '### Approvals\n\n| Who | How | When | Code | Commit | Worth |\n| :-- | :-- | :-- | :-- | :-- | :-- |\n';
  return [
    rows.length === 0 ? 'Nobody has approved yet.\n\n' : `${head}${rows.join('')}\n`,
    older === 0 ? '' : `${older} older ones are not shown.\n\n`,
    ...edits
      .slice(-10)
      .map(
        ({ by, at }) => `${inlineCode(by)} edited the comment of scalegate at ${shortTime(at)}; it was restored.\n\n`,
      ),
  ].join('');
}

function auditRow({ by, how, at, code, commit, ignoredBecause }: Approval): string {
  const worth = ignoredBecause === null ? '✅ counts' : `does not count: ${plainText(ignoredBecause)}`;
  const cells = [
    inlineCode(by),
    how,
    shortTime(at),
    code === null ? '–' : inlineCode(code),
    commit === null ? '–' : inlineCode(commit.slice(0, 7)),
    worth,
  ];
  return `| ${cells.join(' | ')} |\n`;
}
