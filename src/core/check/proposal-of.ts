import { changesByRecipe } from '../change.ts';
import { estimateConfig } from '../estimate-config.ts';
import { readGuards, type Guards } from '../guards.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { policyChanges } from '../policy/policy-changes.ts';
import type { Proposal } from '../policy/proposal.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { Problem } from '../problem.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import { readable } from '../source-file.ts';
import type { CheckInput, ProposedGuards } from './check-input.ts';
import { judgeAlone } from './judge-alone.ts';

/** What policy and plan of the head would come to, beside those of the base; null where the pull request changes neither. */
export function proposalOf({ policy, proposed, today }: CheckInput, guards: Guards): Proposal | null {
  if (proposed === undefined) return null;
  const after = readGuards(proposed.policy, proposed.plan);
  const [before, now] = [readable(policy), readable(proposed.policy)];
  const problems = newProblems(guards.problems, after.problems);
  // By a policy that can't be read nobody is judged
  const verdicts = after.problems.length > 0 ? [] : otherVerdicts(proposed, guards, after, today ?? null);
  return {
    problems,
    changes: [
      ...policyChanges((now ?? before)?.path ?? '', before?.text ?? null, now?.text ?? null),
      ...planChanges(guards.plan, after.plan),
    ],
    verdicts,
    configs: proposed.configs.length,
    unseen: proposed.unseen,
  };
}

/** Mistakes are told by what they say: lines move. */
function newProblems(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const known = new Set(before.map(identityOf));
  return after.filter((problem) => !known.has(identityOf(problem)));
}

function identityOf({ code, key, message, place }: Problem): string {
  return JSON.stringify([code, key, message, place.path]);
}

function otherVerdicts(
  { configs, filesBefore, filesAfter }: ProposedGuards,
  guards: Guards,
  after: Guards,
  today: string | null,
): Proposal['verdicts'] {
  const before = verdictsBy(configs, filesBefore, guards, today);
  return [...verdictsBy(configs, filesAfter, after, today)].flatMap(([path, verdict]) => {
    const old = before.get(path) ?? 'pass';
    return old === verdict ? [] : [{ path, before: old, after: verdict }];
  });
}

function verdictsBy(
  configs: readonly string[],
  files: OpenedFiles,
  guards: Guards,
  today: string | null,
): ReadonlyMap<string, Verdict> {
  const sides = { base: files, head: files };
  const paths = configs
    .flatMap((path) => changesByRecipe({ path, previousPath: null, status: 'modified' }, sides))
    .map(({ path }) => path);
  return new Map(
    paths.flatMap((path) => {
      const reading = estimateConfig(path, files, guards, today);
      return reading.isConfig ? [[path, judgeAlone(path, reading, guards).verdict] as const] : [];
    }),
  );
}
