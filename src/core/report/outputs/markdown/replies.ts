import type { Evaluation } from '../../evaluation.ts';
import { block, fit } from './fit.ts';
import { sectionsOf } from './sections.ts';

/** What `/scalegate help` answers. */
export const helpText = `scalegate understands these comments, each on a line of its own:

- \`/scalegate approve CODE\`: approves exactly what scalegate shows under that code
- \`/scalegate unapprove\`: takes back what you approved, in whichever way
- \`/scalegate explain\`: says where the numbers come from
- \`/scalegate recheck\`: evaluates this pull request anew
- \`/scalegate help\`: this list

A comment that was edited approves nothing: write a new one.
`;

/** What \`/scalegate explain\` answers: the whole report, with the numbers of every config that fits. */
export function renderExplanation(evaluation: Evaluation, budget = 50_000): string {
  if (evaluation.pairs.length + evaluation.findings.length + evaluation.problems.length === 0) {
    return 'This pull request changes no training config, and neither the plan nor the policy.\n';
  }
  const sections = sectionsOf(evaluation, { shown: 25, version: undefined, approve: null });
  return fit([block(0, 'As it stands now:\n\n'), ...sections], { size: budget, measure: (text) => text.length });
}
