import { estimateConfig } from '../estimate-config.ts';
import { readGuards, type Guards } from '../guards.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { policyChanges } from '../policy/policy-changes.ts';
import type { Proposal } from '../policy/proposal.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { Problem } from '../problem.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import { readable } from '../source-file.ts';
import { changedRuns } from './changed-runs.ts';
import type { CheckInput, ProposedGuards } from './check-input.ts';
import { judgeAlone } from './judge-alone.ts';

/** What policy and plan of the head would come to, beside those of the base; null where the pull request changes neither. */
export function proposalOf({ policy, proposed, today }: CheckInput, guards: Guards): Proposal | null {
  if (proposed === undefined) return null;
  const after = readGuards(proposed.policy, proposed.planFiles, today);
  const [before, now] = [readable(policy), readable(proposed.policy)];
  const problems = newProblems(guards.problems, after.problems);
  // By a policy that can't be read nobody is judged
  const nobody = { verdicts: [], judged: 0, isCut: false };
  const judged = after.problems.length > 0 ? nobody : otherVerdicts(proposed, guards, after, today ?? null);
  return {
    problems,
    changes: [
      ...policyChanges((now ?? before)?.path ?? '', before?.text ?? null, now?.text ?? null),
      ...planChanges(guards.plan, after.plan),
    ],
    ...judged,
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

/** More runs than this take longer than anybody waits. */
const mostRuns = 200;

type Judged = Pick<Proposal, 'verdicts' | 'judged' | 'isCut'>;

/** Each run of the repository by both, with the command that starts it, as a pull request that adds it would be judged. */
function otherVerdicts(proposed: ProposedGuards, before: Guards, after: Guards, today: string | null): Judged {
  const { configs, filesBefore, filesAfter } = proposed;
  const runs = [...new Set([...runsIn(configs, filesAfter), ...runsIn(configs, filesBefore)])];
  const verdicts: Proposal['verdicts'][number][] = [];
  let judged = 0;
  for (const path of runs) {
    const old = verdictAt(path, filesBefore, before, today);
    const now = verdictAt(path, filesAfter, after, today);
    if (old === null && now === null) continue;
    if (judged === mostRuns) return { verdicts, judged, isCut: true };
    judged++;
    const [was, is] = [old ?? 'pass', now ?? 'pass'];
    if (was !== is) verdicts.push({ path, before: was, after: is });
  }
  return { verdicts, judged, isCut: proposed.unread > 0 };
}

function runsIn(configs: readonly string[], files: OpenedFiles): string[] {
  const changes = configs.map((path) => ({ path, previousPath: null, status: 'modified' as const }));
  return changedRuns({ changes, sides: { base: files, head: files } }).flatMap(({ head }) => head ?? []);
}

/** null for a file that is no config. */
function verdictAt(path: string, files: OpenedFiles, guards: Guards, today: string | null): Verdict | null {
  const reading = estimateConfig(path, files, guards, today);
  return reading.isConfig ? judgeAlone(path, reading, guards).verdict : null;
}
