import type { GpuSpec } from '../run/hardware.ts';
import { checkBaseline } from './lint/baseline.ts';
import { checkCompute } from './lint/compute.ts';
import { checkEvidence } from './lint/evidence.ts';
import { checkLadder, checkOrder } from './lint/ladder.ts';
import { checkCard, checkMemorySum } from './lint/memory.ts';
import { checkMissingFigures } from './lint/missing-figures.ts';
import { checkOptimizerStates } from './lint/optimizer-states.ts';
import { checkPrice } from './lint/price.ts';
import { checkTotal } from './lint/total.ts';
import type { PlanCheck, PlanRemark } from './lint/remark.ts';
import type { Plan } from './plan.ts';

export type { PlanRemark };

const checks: readonly PlanCheck[] = [
  checkCompute,
  checkCard,
  checkOptimizerStates,
  checkMemorySum,
  checkPrice,
  checkTotal,
  checkOrder,
  checkLadder,
  checkBaseline,
  checkEvidence,
  checkMissingFigures,
];

const order: readonly PlanRemark['level'][] = ['error', 'warning', 'notice'];

/**
 * Holds a plan against physics and against itself; worst first, then in the order of the file. `gpu` is the one that the
 * plan names, as the catalog has it; without one, what depends on it is left out and said so.
 */
export function lintPlan(plan: Plan, gpu: GpuSpec | null): readonly PlanRemark[] {
  return checks
    .flatMap((check) => check(plan, gpu))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || a.place.line - b.place.line);
}
