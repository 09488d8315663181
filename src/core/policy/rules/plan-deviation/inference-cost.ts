import type { PlanRow } from '../../../plan/plan.ts';
import { formatUsd } from '../../../units/money.ts';
import { causeOf } from '../../cause.ts';
import type { Complaint, RunPair } from '../../rule.ts';

/** A roofline of serving is right within a factor of two (estimate/time/inference.ts): what is closer is no deviation. */
const certainty = 2;

/**
 * What a million tokens would cost beside what the row plans. A notice and never a cap: how a model is served is decided
 * long after it is trained, and by others.
 */
export function inferenceCost(pair: RunPair, row: PlanRow): readonly Complaint[] {
  const ours = pair.head?.estimate.inference?.usdPerMillionTokens ?? null;
  const theirs = row.usdPerMillionTokens;
  if (ours === null || theirs === null || ours <= theirs.value * certainty) return [];
  return [
    {
      cause: 'inference cost',
      badness: ours / theirs.value,
      place: causeOf(pair, 'parameters'),
      level: 'notice',
      message:
        `Inference would cost about ${formatUsd(ours)} for a million tokens, within a factor of two; the plan's ` +
        `${row.name} has ${theirs.text}.`,
      action: 'How the model is served decides this, and no training config: nothing waits for it.',
    },
  ];
}
