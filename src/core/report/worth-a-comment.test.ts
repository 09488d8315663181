import { describe, expect, test } from 'vitest';
import { aFinding, jump } from '../../../test/support/a-finding.ts';
import { aPair } from '../../../test/support/a-pair.ts';
import { withEdits } from '../../../test/support/an-edit.ts';
import { waitingFor } from '../../../test/support/an-approval.ts';
import { large } from '../../../test/support/an-estimated-run.ts';
import { anEvaluation, aPolicy, aProblem } from '../../../test/support/an-evaluation.ts';
import type { CommentPolicy } from '../policy/comment-section.ts';
import { isWorthAComment } from './worth-a-comment.ts';

const path = 'configs/large.yaml';
const same = aPair(path, large, large);
const dearer = aPair(path, large, { ...large, gpuHours: 1040 });
const policyWith = (comment: Partial<CommentPolicy>) => ({ ...aPolicy, comment: { ...aPolicy.comment, ...comment } });

describe('a pull request gets a comment', () => {
  test.each([
    ['a figure changes', { pairs: [dearer] }],
    ['a fact changes that moves no figure', { pairs: [withEdits(same, ['checkpoint_every', '10%', '5%', 18])] }],
    ['a config is new', { pairs: [aPair(path, null, large)] }],
    ['a config is deleted', { pairs: [aPair(path, large, null)] }],
    ['a rule warns', { pairs: [same], findings: [aFinding({ level: 'warning' })] }],
    ['the policy is broken', { problems: [aProblem()] }],
    ['it was approved', { pairs: [same], findings: [jump], approval: { ...waitingFor(aPolicy.approvers), open: [] } }],
    [
      'it fails, whatever the policy says',
      { pairs: [same], verdict: 'fail' as const, policy: policyWith({ when: 'findings' }) },
    ],
    ['the policy asks for it', { pairs: [same], policy: policyWith({ when: 'always' }) }],
    ['the cost changes by as much as the policy says', { pairs: [dearer], policy: policyWith({ minCostUsd: 200 }) }],
    ['a figure changes by as much as the policy says', { pairs: [dearer], policy: policyWith({ minShare: 0.01 }) }],
    [
      'a figure becomes unknown',
      { pairs: [aPair(path, large, { ...large, gpuHours: null })], policy: policyWith({ minShare: 0.5 }) },
    ],
  ])('where %s', (_, parts) => {
    expect(isWorthAComment(anEvaluation(parts))).toBe(true);
  });
});

describe('a pull request gets no comment', () => {
  test.each([
    ['it touches no config', {}],
    ['no figure, fact or finding differs', { pairs: [same] }],
    ['a config is deleted that could not be read', { pairs: [aPair(path, null, null)] }],
    ['what is wrong stood at the base', { pairs: [same], findings: [aFinding({ level: 'notice', isStanding: true })] }],
    ['the policy asks for findings, and there is none', { pairs: [dearer], policy: policyWith({ when: 'findings' }) }],
    ['the cost changes by less than the policy says', { pairs: [dearer], policy: policyWith({ minCostUsd: 201 }) }],
    ['each figure changes by less than the policy says', { pairs: [dearer], policy: policyWith({ minShare: 0.03 }) }],
  ])('where %s', (_, parts) => {
    expect(isWorthAComment(anEvaluation(parts))).toBe(false);
  });
});
