import { byImportance } from './check/by-importance.ts';
import type { CheckInput } from './check/check-input.ts';
import { fitsFor, suggestionsFor } from './check/fits-for.ts';
import { proposalOf } from './check/proposal-of.ts';
import { pairsOf } from './check/run-pairs.ts';
import { readGuards } from './guards.ts';
import { countApprovals, unapproved, type ApprovalsToCount } from './policy/approvals/count-approvals.ts';
import type { ApprovalPolicy } from './policy/approvals/opening.ts';
import { approvalScope } from './policy/approvals/request.ts';
import { requirementsOf } from './policy/approvals/requirement.ts';
import { judge } from './policy/judge.ts';
import { verdictOf } from './policy/verdict.ts';
import { startOf } from './problem.ts';
import type { Evaluation } from './report/evaluation.ts';

export type { ChangedFile } from './change.ts';
export type { CheckInput, DependentConfig } from './check/check-input.ts';

/**
 * The pipeline, top to bottom: changed files → run pairs → estimates → plan match → findings → evaluation.
 * Pure, so that the Action, the App and the command line can never disagree. Approvals are added by
 * {@link withApprovals}, once a host has asked for them.
 */
export function check(input: CheckInput): Evaluation {
  const guards = readGuards(input.policy, input.planFiles, input.today);
  const pairs = pairsOf(input, guards).sort(byImportance);
  const findings = judge(guards.policy, pairs, {
    plan: guards.plan,
    planGpu: guards.planGpu,
    changedGuards: input.changedGuards.map(({ path }) => startOf(path)),
    proposal: proposalOf(input, guards),
    unread: input.unread ?? [],
  });
  const scope = approvalScope(findings, pairs, guardsIdentity(input));
  const requirements = requirementsOf(guards.policy, findings, pairs, input.codeowners ?? null);
  const approval = unapproved({ requirements, unlinkedAuthors: guards.policy.unlinkedAuthors }, scope);
  const fits = fitsFor(findings, pairs, guards, input.sides.head);
  return {
    verdict: verdictOf(findings, pairs.length === 0 ? [] : guards.problems, approval),
    pairs,
    findings,
    problems: guards.problems,
    plan: guards.plan,
    policy: guards.policy,
    scope,
    requirements,
    approval,
    fits,
    suggestions: guards.policy.comment.suggestions ? suggestionsFor(fits, pairs, input.sides) : [],
  };
}

/** Approvals hold under one policy and one plan, and for one edit of either: their texts are their identity. */
function guardsIdentity({ policy, planFiles, changedGuards }: CheckInput): string {
  return JSON.stringify([policy, planFiles, changedGuards]);
}

/** Who may approve what waits in an evaluation. */
export function approvalPolicyOf({
  requirements,
  policy,
}: Pick<Evaluation, 'requirements' | 'policy'>): ApprovalPolicy {
  return { requirements, unlinkedAuthors: policy.unlinkedAuthors };
}

/** The same evaluation with the approvals counted that the host found. */
export function withApprovals(evaluation: Evaluation, toCount: ApprovalsToCount): Evaluation {
  if (evaluation.scope.items.length === 0) return evaluation;
  const approval = countApprovals(toCount, approvalPolicyOf(evaluation), evaluation.scope);
  const problems = evaluation.pairs.length === 0 ? [] : evaluation.problems;
  return { ...evaluation, approval, verdict: verdictOf(evaluation.findings, problems, approval) };
}
