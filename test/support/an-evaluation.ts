import type { Policy } from '../../src/core/policy/policy.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Evaluation } from '../../src/core/report/evaluation.ts';
import { aPlan } from './a-plan.ts';
import { aSlot, nothingWaits } from './an-approval.ts';

/** An evaluation that passes and names nothing; tests name only what they are about. */
export function anEvaluation(parts: Partial<Evaluation> = {}): Evaluation {
  return {
    verdict: 'pass',
    pairs: [],
    findings: [],
    problems: [],
    plan: aPlan,
    policy: aPolicy,
    scope: { guards: 'guards', items: [] },
    requirements: [],
    approval: nothingWaits,
    fits: [],
    suggestions: [],
    ...parts,
  };
}

export const aPolicy: Policy = {
  path: null,
  configs: null,
  ignore: [],
  planPaths: [],
  planRows: [],
  rules: {},
  approvers: [aSlot({ roles: ['admin', 'maintain'] })],
  forFiles: [],
  prices: [],
  formats: [],
  models: new Map(),
  unlinkedAuthors: 'add-approval',
  comment: { when: 'changed', minCostUsd: 0, minShare: 0, suggestions: true },
  enforce: true,
  huggingFaceHub: false,
};

export function aProblem(parts: Partial<Problem> = {}): Problem {
  return {
    code: 'wrong-type',
    place: { path: 'configs/broken.yaml', line: 7, column: 14 },
    key: 'model.num_layers',
    message: 'Found the text "twelve".',
    hint: 'Expected a whole number from 1 to 10,000.',
    ...parts,
  };
}
