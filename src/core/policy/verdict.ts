import type { Problem } from '../problem.ts';
import { isApprovedBy, type ApprovalState } from './approvals/count-approvals.ts';
import type { Verdict } from './level.ts';
import type { Finding } from './rule.ts';

export type { Verdict };

/**
 * What the findings come to. An error fails the pull request; so does a plan or policy that can't be read, because
 * nothing then says what is allowed. `problems` are those that a judged config depends on: none where the pull request
 * touches no config, so that a broken plan or policy can be mended.
 */
export function verdictOf(
  findings: readonly Finding[],
  problems: readonly Problem[],
  approval: ApprovalState,
): Verdict {
  if (problems.length > 0 || findings.some(({ level }) => level === 'error')) return 'fail';
  const waits = findings.some(({ level }) => level === 'approval');
  return waits && !isApprovedBy(approval) ? 'waiting' : 'pass';
}
