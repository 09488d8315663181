import { plainText } from '../../core/report/escape.ts';
import { blocks } from '../../core/report/blocks.ts';
import type { Evaluation, Verdict } from '../../core/report/evaluation.ts';
import { annotationsOf } from '../../core/report/outputs/annotations/annotations.ts';
import { renderAudit } from '../../core/report/outputs/markdown/audit.ts';
import { renderCheck } from '../../core/report/outputs/markdown/markdown.ts';
import { version } from '../../core/version.ts';
import { approveButton, type Check, type Conclusion, recheckButton, retryButton } from './check.ts';
import type { EvaluatedPullRequest } from '../evaluated.ts';

/** What the check of a pull request says: the report, who approved, and the ledger for the next run to read. */
export function checkOf({
  because,
  code,
  evaluation,
  ledger,
}: Pick<EvaluatedPullRequest, 'because' | 'code' | 'evaluation' | 'ledger'>): Check {
  const { verdict } = evaluation;
  const { summary, title } = renderCheck(evaluation, { version, approve: { code } });
  return {
    conclusion: conclusionOf(evaluation),
    title,
    summary: because === null ? summary : `> ${plainText(because)}\n\n${summary}`,
    text: renderAudit(ledger),
    annotations: annotationsOf(evaluation),
    buttons: { pass: [], waiting: [approveButton, recheckButton], fail: [retryButton] }[verdict],
  };
}

/** What the check of a merge group says. Approving is done on its pull requests. */
export function groupCheckOf(evaluation: Evaluation): Check {
  return {
    conclusion: conclusionOf(evaluation),
    ...renderCheck(evaluation, { version }),
    text: '',
    annotations: annotationsOf(evaluation),
    buttons: evaluation.verdict === 'pass' ? [] : [retryButton],
  };
}

function conclusionOf(evaluation: Evaluation): Conclusion {
  return blocks(evaluation) ? conclusions[evaluation.verdict] : 'success';
}

const conclusions: Record<Verdict, Conclusion> = { pass: 'success', waiting: 'action_required', fail: 'failure' };
