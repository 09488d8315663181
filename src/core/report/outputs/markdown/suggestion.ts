import type { Suggestion } from '../../../fit/suggestion.ts';
import { formatGib } from '../../../units/bytes.ts';
import { inlineCode } from '../../escape.ts';
import { fitFigures } from '../../fit-words.ts';

/**
 * A suggestion as a comment on its lines: why, what comes out, and the block that GitHub offers to commit. The lines stay
 * as they are within it: a fence that is longer than any of theirs holds them.
 */
export function renderSuggestion({ answer, fit, after }: Suggestion): string {
  const { estimate, limit } = answer.asked;
  const needs = estimate.memory === null ? '' : ` needs ${formatGib(estimate.memory.peakBytes)}`;
  const usable = limit === null ? '' : ` of ${formatGib(limit.usableBytes)}`;
  const text = after.join('\n');
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return [
    `${inlineCode(answer.path, 300)}${needs}${usable} per GPU. With this change: ${fitFigures(fit)}.`,
    '',
    `${fence}suggestion`,
    text,
    fence,
    '',
  ].join('\n');
}
