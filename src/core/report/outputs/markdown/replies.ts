import type { Evaluation } from '../../evaluation.ts';
import { block, fit } from './fit.ts';
import { sectionsOf } from './sections.ts';

/** What `/scalegate help` answers. */
export const helpText = `Commands, each on its own line:

- \`/scalegate approve CODE\`: approves what scalegate shows under that code
- \`/scalegate unapprove\`: withdraws your approval, however you gave it
- \`/scalegate explain\`: shows where the numbers come from
- \`/scalegate recheck\`: evaluates this pull request again
- \`/scalegate help\`: this list

An edited comment approves nothing. Write a new one.
`;

/** What \`/scalegate explain\` answers: the whole report, with the numbers of every config that fits. */
export function renderExplanation(evaluation: Evaluation, budget = 50_000): string {
  if (evaluation.pairs.length + evaluation.findings.length + evaluation.problems.length === 0) {
    return 'This pull request changes no training config, and neither the plan nor the policy.\n';
  }
  const sections = sectionsOf(evaluation, { shown: 25, version: undefined, approve: null });
  return fit([block(0, 'Current state:\n\n'), ...sections], { size: budget, measure: (text) => text.length });
}
