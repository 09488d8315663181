import type { ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import { judge } from '../policy/judge.ts';
import type { Finding } from '../policy/rule.ts';
import { verdictOf, type Verdict } from '../policy/verdict.ts';

/** What a pull request would be told that adds one config and nothing else. */
export interface JudgedAlone {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** Judges a config as if it were new. */
export function judgeAlone(path: string, { estimated, problems }: ConfigReading, guards: Guards): JudgedAlone {
  const pair = { path, previousPath: null, base: null, head: estimated, problems, baseProblems: [], edits: [] };
  const { plan, planGpu, policy } = guards;
  const findings = judge(policy, [pair], { plan, planGpu, changedGuards: [], proposal: null, unread: [] });
  return { findings, verdict: verdictOf(findings, [], nobodyAsked) };
}

const nobodyAsked = { needed: 0, unlinked: [], given: [], ignored: [], open: [] };
