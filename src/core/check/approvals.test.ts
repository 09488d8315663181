import { describe, expect, test } from 'vitest';
import { change, evaluate, large, referencePlan, xl } from '../../../test/support/a-pull-request.ts';
import { approvalsOf } from '../../../test/support/an-approval.ts';
import { withApprovals } from '../check.ts';

describe('approval', () => {
  const evaluation = evaluate([change('configs/large.yaml', large, xl)]);
  const approvalOf = ({ scope }: typeof evaluation) => approvalsOf([{ by: 'lead', roleName: 'maintain', scope }]);

  test('by somebody who may lets it pass', () => {
    expect(withApprovals(evaluation, approvalOf(evaluation)).verdict).toBe('pass');
  });

  test('of a smaller change does not cover a larger one', () => {
    const smaller = evaluate([change('configs/large.yaml', large, xl.replace('num_layers: 36', 'num_layers: 34'))]);
    const approved = withApprovals(evaluation, approvalOf(smaller));
    expect(approved).toMatchObject({ verdict: 'waiting', approval: { given: [], ignored: [{ by: 'lead' }] } });
  });

  test('of one edit of the plan does not cover another', () => {
    const edited = (text: string) => evaluate([], { changedGuards: [{ path: referencePlan.path, content: { text } }] });
    const approved = withApprovals(edited('two'), approvalOf(edited('one')));
    expect(approved.verdict).toBe('waiting');
  });

  test('never turns a failure into a pass', () => {
    const failing = evaluate([
      change('configs/large.yaml', large, xl.replace('checkpointing: full', 'checkpointing: none')),
    ]);
    expect(withApprovals(failing, approvalOf(failing)).verdict).toBe('fail');
  });
});
