import type { ApprovalState } from '../../evaluation.ts';
import { inlineCode, plainText } from '../../escape.ts';
import { shortTime } from './short-time.ts';

/** Who approved, whose approval does not count and why, folded away; null where nobody did. */
export function approvalList({ needed, given, ignored }: ApprovalState, inApp: boolean): string | null {
  if (given.length + ignored.length === 0) return null;
  const counts = `${given.length} of ${needed}${ignored.length === 0 ? '' : `, ${ignored.length} not counted`}`;
  const lines = [
    ...given.slice(0, most).map(({ by, how, at, slot }) => {
      const filled = slot === null ? '' : ` for ${inlineCode(slot)}`;
      return `- ✅ ${inlineCode(by)} (${how}${inApp ? `, ${shortTime(at)}` : ''})${filled}\n`;
    }),
    ...ignored.slice(0, most).map(({ by, how, at, ignoredBecause }) => {
      const when = inApp ? ` (${how}, ${shortTime(at)})` : '';
      return `- ${inlineCode(by)}${when} does not count: ${plainText(ignoredBecause ?? '')}\n`;
    }),
    left(given.length + ignored.length - Math.min(most, given.length) - Math.min(most, ignored.length)),
  ];
  return `<details>\n<summary>Approvals: ${counts}</summary>\n\n${lines.join('')}\n</details>\n\n`;
}

const most = 50;

function left(count: number): string {
  return count === 0 ? '' : `- and ${count} more\n`;
}

/** How to approve with the App; null where nothing waits. */
export function howToApprove({ open }: ApprovalState, code: string | null): string | null {
  if (code === null || open.length === 0) return null;
  return `To approve what is shown here, comment with this line, press the button on the check \`scalegate\`, or approve this commit in a review:

\`\`\`text
/scalegate approve ${code}
\`\`\`

`;
}
