import type { ApprovalState } from '../../evaluation.ts';
import { inlineCode, plainText } from '../../escape.ts';

/** Who approved, whose approval does not count and why, folded away; null where nobody did. */
export function approvalList({ needed, given, ignored }: ApprovalState): string | null {
  if (given.length + ignored.length === 0) return null;
  const counts = `${given.length} of ${needed}${ignored.length === 0 ? '' : `, ${ignored.length} not counted`}`;
  const lines = [
    ...given.slice(0, most).map(({ by, how }) => `- ✅ ${inlineCode(by)} (${plainText(how)})\n`),
    ...ignored.slice(0, most).map(({ by, reason }) => `- ${inlineCode(by)} does not count: ${plainText(reason)}\n`),
  ];
  return `<details>\n<summary>Approvals: ${counts}</summary>\n\n${lines.join('')}\n</details>\n\n`;
}

const most = 50;
