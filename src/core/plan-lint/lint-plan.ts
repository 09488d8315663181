import type { GpuSpec } from '../run/hardware.ts';
import { checkBaseline } from './baseline.ts';
import { checkCompute } from './compute.ts';
import { checkEvidence } from './evidence.ts';
import { checkLadder, checkOrder } from './ladder.ts';
import { checkCard, checkMemorySum } from './memory.ts';
import { checkMemoryEstimate } from './memory-estimate.ts';
import { checkMissingFigures } from './missing-figures.ts';
import { checkOptimizerStates } from './optimizer-states.ts';
import { checkPrice } from './price.ts';
import { checkTotal } from './total.ts';
import type { PlanCheck, PlanRemark } from './remark.ts';
import type { Plan } from '../plan/plan.ts';

export type { PlanRemark };

const checks: readonly PlanCheck[] = [
  checkCompute,
  checkCard,
  checkOptimizerStates,
  checkMemorySum,
  checkMemoryEstimate,
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
