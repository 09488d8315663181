import { inlineCode, plainText } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { headlineOf } from '../../headline.ts';

const marks = { pass: '✅', waiting: '⏳', fail: '❌' } as const;

/** The verdict: state, what unblocks it and by whom, the worst numbers. */
export function verdictBlock(evaluation: Evaluation, inApp: boolean): string {
  const { state, remedy, approval, figures } = headlineOf(
    evaluation,
    { code: inlineCode, plain: plainText },
    inApp ? 'approval' : 'approving review',
  );
  const title = `### ${marks[evaluation.verdict]} scalegate: ${state}`;
  return [title, remedy?.replace(/^[^:]+:/, '**$&**') ?? null, approval, figures]
    .filter((part) => part !== null)
    .map((part) => `${part}\n\n`)
    .join('');
}

/** How to see the same on one's own machine. */
export const reproduction = `<details>
<summary>Reproduce this locally</summary>

In a clone of this repository, with \`BASE\` and \`HEAD\` the two commits or branches:

\`\`\`sh
scalegate diff BASE HEAD
# without an installation, from a clone of scalegate
node ../scalegate/dist/cli/index.js diff BASE HEAD
\`\`\`

</details>

`;

/** Who says so, and how far it goes. */
export function footer(version: string | undefined): string {
  const name = version === undefined ? 'scalegate' : `scalegate ${plainText(version, 40)}`;
  return `<sub>[${name}](https://github.com/scalegate/scalegate) estimates from the configs alone; nothing was run.</sub>\n`;
}
