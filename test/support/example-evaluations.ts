import type { Evaluation } from '../../src/core/report/evaluation.ts';
import { aFinding, jump } from './a-finding.ts';
import { aPair, manyPairs } from './a-pair.ts';
import { planPath } from './a-plan.ts';
import { aSlot, waitingFor } from './an-approval.ts';
import { large, medium, xl } from './an-estimated-run.ts';
import { anEvaluation, aPolicy, aProblem } from './an-evaluation.ts';

const waiting = waitingFor(aPolicy.approvers);
const leads = aSlot({ users: ['alice'], teams: ['acme/research-leads'], roles: ['admin'], count: 2 });
const at = '2026-11-23T12:00:00Z';

/** One evaluation for each thing that a report has to say, by name: what the goldens of all outputs show. */
export const evaluations: Readonly<Record<string, Evaluation>> = {
  pass: anEvaluation({ pairs: [aPair('configs/medium.yaml', medium, { ...medium, gpuHours: 520 })] }),
  waiting: anEvaluation({
    verdict: 'waiting',
    pairs: [aPair('configs/large.yaml', large, xl)],
    findings: [jump],
    approval: waiting,
  }),
  approved: anEvaluation({
    pairs: [aPair('configs/large.yaml', large, xl)],
    findings: [jump],
    approval: {
      ...waiting,
      given: [{ by: 'alice', how: 'review', at, slot: null }],
      ignored: [{ by: 'bob', how: 'review', at, reason: 'wrote commits of this pull request.' }],
      open: [],
    },
  }),
  fail: anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/large.yaml', large, { ...xl, memoryGib: 96.4 }),
      aPair('configs/medium.yaml', medium, { ...medium, gpuHours: 520 }),
    ],
    findings: [
      aFinding(),
      jump,
      aFinding({
        rule: 'plan-deviation',
        level: 'warning',
        message: 'Memory per GPU is 96.4 GiB, 20 % above the ~80 GB that the plan has for XL.',
        action: 'Bring the config back to the plan, or change the plan in a pull request of its own.',
      }),
      aFinding({
        rule: 'monitoring',
        level: 'notice',
        path: 'configs/medium.yaml',
        place: { path: 'configs/medium.yaml', line: 1, column: 1 },
        message: 'Gradient norms are not logged.',
        action: 'Add grad_norm to training.log.',
      }),
    ],
    approval: waiting,
  }),
  'new-config': anEvaluation({ pairs: [aPair('configs/medium.yaml', null, medium)] }),
  'deleted-config': anEvaluation({ pairs: [aPair('configs/medium.yaml', medium, null)] }),
  'renamed-config': anEvaluation({
    pairs: [aPair('configs/2026/medium.yaml', medium, medium, { previousPath: 'configs/medium.yaml' })],
  }),
  'unreadable-config': anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/broken.yaml', medium, null, { problems: [aProblem()] }),
      aPair('configs/medium.yaml', medium, medium),
    ],
    findings: [
      aFinding({
        rule: 'unreadable-config',
        path: 'configs/broken.yaml',
        place: aProblem().place,
        message: 'model.num_layers: Found the text "twelve".',
        action: 'Expected a whole number from 1 to 10,000.',
      }),
    ],
  }),
  'unknown-memory': anEvaluation({
    verdict: 'fail',
    pairs: [aPair('configs/large.yaml', large, { ...large, memoryGib: null, gpuHours: null })],
    findings: [
      aFinding({
        message: 'Peak memory cannot be known: nothing names the GPU.',
        action: 'Add hardware.gpu to the config, or to the assumptions of .github/scalegate.yml.',
      }),
    ],
  }),
  'changed-base': anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair('configs/recipes/large.yaml', large, { ...xl, memoryGib: 96.4 }, { through: ['configs/base.yaml'] }),
      aPair('configs/tiny.yaml', medium, { ...medium, gpuHours: 520 }),
      aPair('configs/base.yaml', medium, { ...medium, gpuHours: 980 }),
      ...['a', 'b', 'c', 'd', 'e'].map((name) =>
        aPair(`configs/recipes/${name}.yaml`, medium, { ...medium, gpuHours: 700 }, { through: ['configs/base.yaml'] }),
      ),
    ],
    findings: [
      aFinding({ path: 'configs/recipes/large.yaml', place: { path: 'configs/base.yaml', line: 7, column: 3 } }),
    ],
  }),
  'no-plan': anEvaluation({
    plan: null,
    pairs: [aPair('configs/large.yaml', { ...large, scale: null }, { ...xl, scale: null })],
  }),
  'plan-change': anEvaluation({
    verdict: 'waiting',
    findings: [
      aFinding({
        rule: 'plan-change',
        level: 'approval',
        path: null,
        place: { path: planPath, line: 1, column: 1 },
        message: 'This pull request changes the plan.',
        action: 'The plan of the base still holds; ask an approver for a review of the new one.',
      }),
    ],
    policy: { ...aPolicy, approvers: [leads] },
    approval: {
      ...waitingFor([leads]),
      given: [{ by: 'alice', how: 'review', at, slot: null }],
      ignored: [{ by: 'dependabot[bot]', how: 'review', at, reason: 'bots do not approve.' }],
      open: waitingFor([leads]).open.map((slot) => ({ ...slot, missing: 1 })),
    },
  }),
  'broken-policy': anEvaluation({
    verdict: 'fail',
    problems: [
      aProblem({
        code: 'unknown-rule',
        place: { path: '.github/scalegate.yml', line: 6, column: 3 },
        key: 'rules.memory-limits',
        message: 'There is no rule of this name.',
        hint: 'Did you mean memory-limit?',
      }),
    ],
  }),
  'many-configs': anEvaluation({
    verdict: 'fail',
    pairs: manyPairs(12),
    findings: manyPairs(12).map(({ path }) => aFinding({ path, place: { path, line: 15, column: 3 } })),
  }),
};
