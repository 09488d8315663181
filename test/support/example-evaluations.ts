import type { FitAnswer } from '../../src/core/fit/fit.ts';
import type { Evaluation } from '../../src/core/report/evaluation.ts';
import { withEdits } from './an-edit.ts';
import { aFinding, jump } from './a-finding.ts';
import { aPair, manyPairs } from './a-pair.ts';
import { planPath } from './a-plan.ts';
import { anApproval, aSlot, waitingFor } from './an-approval.ts';
import { anEstimatedRun, large, medium, xl } from './an-estimated-run.ts';
import { anEvaluation, aPolicy, aProblem } from './an-evaluation.ts';

const waiting = waitingFor(aPolicy.approvers);
const leads = aSlot({ users: ['alice'], teams: ['acme/research-leads'], roles: ['admin'], count: 2 });
const at = '2026-11-23T12:00:00Z';

/** The micro batch halved, and the steps of accumulation doubled. */
const halfTheBatch: FitAnswer = {
  path: 'configs/large.yaml',
  asked: anEstimatedRun({ ...large, memoryGib: 96.4 }),
  fitsAlready: false,
  fits: [
    {
      changes: [{ field: 'training.micro_batch_size', key: 'training.micro_batch_size', from: '64', to: '32' }],
      lines: [{ line: 12, before: '  micro_batch_size: 64', after: '  micro_batch_size: 32' }],
      text: '',
      estimated: anEstimatedRun(large),
      isComfortable: true,
      hoursRatio: 1.01,
      uncounted: [],
      difference: null,
      launcher: null,
    },
  ],
  reason: null,
  largestMicroBatch: 50,
  gpus: [],
  candidates: 12,
};

/** One evaluation for each thing that a report has to say, by name: what the goldens of all outputs show. */
export const evaluations: Readonly<Record<string, Evaluation>> = {
  pass: anEvaluation({ pairs: [aPair('configs/medium.yaml', medium, { ...medium, gpuHours: 520 })] }),
  waiting: anEvaluation({
    verdict: 'waiting',
    pairs: [
      withEdits(
        aPair('configs/large.yaml', large, xl),
        ['num_layers', '20', '32', 6, { memoryGib: 14.2, gpuHours: 700 }],
        ['hidden_size', '2048', '2560', 5, { memoryGib: 12.1, gpuHours: 590 }],
        ['samples', '100M', '200M', 17, { gpuHours: 1530 }],
        ['checkpoint_every', '10%', '5%', 18],
      ),
    ],
    findings: [jump],
    approval: waiting,
  }),
  approved: anEvaluation({
    pairs: [aPair('configs/large.yaml', large, xl)],
    findings: [jump],
    approval: {
      ...waiting,
      given: [{ ...anApproval({ by: 'alice', at }), slot: null }],
      ignored: [anApproval({ by: 'bob', at, ignoredBecause: 'wrote commits of this pull request.' })],
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
        message: 'Memory per GPU is 96.4 GiB, 20% above the ~80 GB that the plan has for XL.',
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
  'no-fit': anEvaluation({
    verdict: 'fail',
    pairs: [
      withEdits(aPair('configs/large.yaml', large, { ...large, memoryGib: 96.4, gpuHours: 1005 }), [
        'micro_batch_size',
        '32',
        '64',
        12,
        { memoryGib: 50.2, gpuHours: -15 },
      ]),
    ],
    findings: [aFinding()],
    fits: [halfTheBatch],
  }),
  reported: anEvaluation({
    verdict: 'fail',
    policy: { ...aPolicy, path: '.github/scalegate.yml', enforce: false },
    pairs: [aPair('configs/large.yaml', large, { ...large, memoryGib: 96.4 })],
    findings: [aFinding({ rule: 'memory-limit', level: 'error', path: 'configs/large.yaml' })],
  }),
  'may-not-fit': anEvaluation({
    pairs: [
      withEdits(aPair('configs/large.yaml', large, { ...large, memoryGib: 77.9 }), [
        'activation_checkpointing',
        'full',
        'selective',
        15,
        { memoryGib: 31.7 },
      ]),
    ],
    findings: [
      aFinding({
        level: 'warning',
        message:
          "Peak memory per GPU is 77.9 GiB (71.0 to 84.8 GiB). 79.2 GiB of 80.0 GiB are usable (the plan's GPU, A100-80GB); about 1 in 3 such runs do not fit.",
        action: 'Leave more room, or measure a few steps first.',
      }),
    ],
  }),
  sweep: anEvaluation({
    verdict: 'fail',
    pairs: Array.from({ length: 60 }, (_, at) =>
      aPair(`sweep/bs${at < 4 ? 32 : 8}-lr${at}e-5.yaml`, null, {
        ...medium,
        memoryGib: at < 4 ? 91.2 : 20 + (at % 30),
        gpuHours: 20 + (at % 7),
      }),
    ),
    findings: Array.from({ length: 4 }, (_, at) =>
      aFinding({
        path: `sweep/bs32-lr${at}e-5.yaml`,
        message: 'Peak memory per GPU is 91.2 GiB, 12.0 GiB over the 79.2 GiB usable of 80.0 GiB (policy).',
      }),
    ),
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
      given: [{ ...anApproval({ by: 'alice', at }), slot: null }],
      ignored: [anApproval({ by: 'dependabot[bot]', at, ignoredBecause: 'bots do not approve.' })],
      open: waitingFor([leads]).open.map((slot) => ({ ...slot, missing: 1 })),
    },
  }),
  'broken-policy': anEvaluation({
    verdict: 'fail',
    pairs: [aPair('configs/large.yaml', large, { ...large, gpuHours: 1100 })],
    policy: { ...aPolicy, path: '.github/scalegate.yml' },
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
