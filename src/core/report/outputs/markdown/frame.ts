import { inlineCode, plainText } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { headlineOf } from '../../headline.ts';

export const marks = { pass: '✅', warning: '⚠️', waiting: '⏳', fail: '❌' } as const;

/** The answer: what decides and the money, then who can unblock it or the smallest edit that does. */
export function verdictBlock(evaluation: Evaluation, inApp: boolean): string {
  const noun = inApp ? 'approval' : 'approving review';
  const { mark, title, nextSteps } = headlineOf(evaluation, { code: inlineCode, plain: plainText }, noun);
  const steps = nextSteps.map((step) => `${step.replace(/^[^:.]{1,60}:/, '**$&**')}\n\n`);
  return `### ${marks[mark]} scalegate: ${title}\n\n${steps.join('')}`;
}

/** Who says so, how far it goes, and how to see the same on one's own machine. */
export function footer(version: string | undefined): string {
  const name = version === undefined ? 'scalegate' : `scalegate ${plainText(version, 40)}`;
  return `<sub>[${name}](https://github.com/scalegate/scalegate) estimates from the configs alone; nothing was run. The same on your machine: \`scalegate diff BASE HEAD\`.</sub>\n`;
}
