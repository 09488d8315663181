import { figureNames, figuresOf } from '../estimate/figures.ts';
import type { CommentPolicy } from '../policy/comment-section.ts';
import type { RunPair } from '../policy/rule.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Whether a pull request gets a comment. One that waits or fails always does; one that changes no figure, no fact and no
 * finding gets none, unless the policy asks for it.
 */
export function isWorthAComment({ verdict, pairs, findings, problems, approval, policy }: Evaluation): boolean {
  const { comment } = policy;
  if (pairs.length + findings.length + problems.length === 0) return false;
  if (comment.when === 'always' || verdict !== 'pass' || problems.length > 0 || approval.needed > 0) return true;
  if (findings.some(({ level, isStanding }) => !isStanding && level !== 'notice')) return true;
  return comment.when === 'changed' && pairs.some((pair) => isChanged(pair, comment));
}

/** A new or a deleted config is a change, whatever it costs; one that differs too little for the policy's floors is none. */
function isChanged(pair: RunPair, { minCostUsd, minShare }: CommentPolicy): boolean {
  const { base, head, edits } = pair;
  // What could be read on neither side is as it was
  if (base === null && head === null) return false;
  if (base === null || head === null) return true;
  const [before, after] = [figuresOf(base), figuresOf(head)];
  const moved = figureNames.filter((name) => before[name] !== after[name]);
  if (minCostUsd === 0 && minShare === 0) return edits.length > 0 || moved.length > 0;
  return moved.some((name) => {
    const [old, now] = [before[name], after[name]];
    // What becomes known or unknown is a change of any size
    if (old === null || now === null) return true;
    const difference = Math.abs(now - old);
    const isDear = minCostUsd > 0 && name === 'costUsd' && difference >= minCostUsd;
    return isDear || (minShare > 0 && difference >= minShare * old);
  });
}
