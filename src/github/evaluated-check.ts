import type { Evaluation, Verdict } from '../core/report/evaluation.ts';
import { annotationsOf } from '../core/report/outputs/annotations/annotations.ts';
import { renderCheck } from '../core/report/outputs/markdown/markdown.ts';
import { version } from '../core/version.ts';
import { approveButton, type Check, type Conclusion, recheckButton, retryButton, withdrawButton } from './check.ts';

/** The check of an evaluation. `memory` is what the next evaluation is to find again: the ledger, as text. */
export function checkOf(evaluation: Evaluation, memory: string): Check {
  const { verdict } = evaluation;
  return {
    conclusion: conclusions[verdict],
    ...renderCheck(evaluation, { version }),
    text: memory,
    annotations: annotationsOf(evaluation),
    buttons: buttonsOf(evaluation),
  };
}

const conclusions: Record<Verdict, Conclusion> = { pass: 'success', waiting: 'action_required', fail: 'failure' };

/** What a person can do about it; in a merge group nobody can approve, and in a passing check nothing is to be done. */
function buttonsOf({ approval, verdict }: Evaluation): Check['buttons'] {
  if (verdict === 'fail') return [retryButton];
  const withdraw = approval.given.length > 0 ? [withdrawButton] : [];
  return verdict === 'waiting' ? [approveButton, ...withdraw, recheckButton] : withdraw;
}
