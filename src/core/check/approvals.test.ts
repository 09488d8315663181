import { describe, expect, test } from 'vitest';
import { change, evaluate, large, referencePlan, xl } from '../../../test/support/a-pull-request.ts';
import { anApproval } from '../../../test/support/an-approval.ts';
import { withApprovals } from '../check.ts';

describe('approval', () => {
  const evaluation = evaluate([change('configs/large.yaml', large, xl)]);
  const approval = anApproval({ login: 'lead', roleName: 'maintain', scope: evaluation.scope });
  const contributors = { logins: ['engineer'], unlinked: [], complete: true };

  test('by somebody who may lets it pass', () => {
    expect(withApprovals(evaluation, [approval], contributors).verdict).toBe('pass');
  });

  test('of a smaller change does not cover a larger one', () => {
    const smaller = evaluate([change('configs/large.yaml', large, xl.replace('num_layers: 36', 'num_layers: 34'))]);
    const approved = withApprovals(evaluation, [{ ...approval, scope: smaller.scope }], contributors);
    expect(approved).toMatchObject({ verdict: 'waiting', approval: { given: [], ignored: [{ by: 'lead' }] } });
  });

  test('of one edit of the plan does not cover another', () => {
    const edited = (text: string) => evaluate([], { changedGuards: [{ path: referencePlan.path, content: { text } }] });
    const approved = withApprovals(edited('two'), [{ ...approval, scope: edited('one').scope }], contributors);
    expect(approved.verdict).toBe('waiting');
  });

  test('never turns a failure into a pass', () => {
    const failing = evaluate([
      change('configs/large.yaml', large, xl.replace('checkpointing: full', 'checkpointing: none')),
    ]);
    expect(withApprovals(failing, [{ ...approval, scope: failing.scope }], contributors).verdict).toBe('fail');
  });
});
