import { isApprovedBy } from '../policy/approvals/count-approvals.ts';
import { levels } from '../policy/level.ts';
import type { Finding, RunPair } from '../policy/rule.ts';
import type { Problem } from '../problem.ts';
import type { Evaluation } from './evaluation.ts';

/** The approvals that it takes are there: what asked for one no longer blocks. */
export function isApproved({ approval }: Evaluation): boolean {
  return isApprovedBy(approval);
}

/** Errors, and what needs or needed an approval: never folded away; worst first. */
export function blockingFindings({ findings }: Evaluation): readonly Finding[] {
  return findings.filter(({ level }) => level === 'error' || level === 'approval');
}

/** Warnings and notices, worst first. */
export function otherFindings({ findings }: Evaluation): readonly Finding[] {
  return findings.filter(({ level }) => level === 'warning' || level === 'notice');
}

/**
 * Configs with the worst findings first, and beside each those that the same file changes; among equals the evaluation's
 * order, the biggest changes first.
 */
export function worstFirst({ pairs, findings }: Evaluation): readonly RunPair[] {
  const worst = new Map<string | null, number>();
  for (const { path, level } of findings) worst.set(path, Math.max(worst.get(path) ?? 0, levels.indexOf(level)));
  return besideTheirBase(pairs.toSorted((a, b) => (worst.get(b.path) ?? 0) - (worst.get(a.path) ?? 0)));
}

/** Configs with those next to each other that the same file changes, and right after that file where it is a config. */
function besideTheirBase(pairs: readonly RunPair[]): readonly RunPair[] {
  const groups = new Map<string, RunPair[]>();
  for (const pair of pairs) {
    const base = pair.through?.[0] ?? pair.path;
    groups.set(base, [...(groups.get(base) ?? []), pair]);
  }
  return [...groups.values()].flatMap((group) => [
    ...group.filter(({ through }) => through === undefined),
    ...group.filter(({ through }) => through !== undefined),
  ]);
}

/** Problems of plan, policy and configs that no finding at the same place reports already. */
export function openProblems({ problems, pairs, findings }: Evaluation): readonly Problem[] {
  const reported = new Set(findings.map(({ place }) => `${place.path}:${place.line}:${place.column}`));
  return [...problems, ...pairs.flatMap((pair) => pair.problems)].filter(
    ({ place }) => !reported.has(`${place.path}:${place.line}:${place.column}`),
  );
}
