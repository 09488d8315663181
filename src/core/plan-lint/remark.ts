import type { Place } from '../problem.ts';
import type { GpuSpec } from '../run/hardware.ts';
import type { Figure, Plan } from '../plan/plan.ts';

/** Something in the plan that physics, or the plan itself, contradicts. */
export interface PlanRemark {
  /** Stable name of the kind of remark: `share-of-peak`, `price-changes` … */
  readonly rule: string;
  /** error: impossible; warning: implausible or contradictory; notice: worth knowing. */
  readonly level: 'error' | 'warning' | 'notice';
  /** The cell that it is about. */
  readonly place: Place;
  readonly message: string;
  /** How it follows from the plan's own figures, a step a line. */
  readonly arithmetic: readonly string[];
  /** Sets of figures that have to change together; absent where it is not known which one is wrong. */
  readonly corrections?: readonly (readonly Correction[])[];
}

/** What a figure of the plan would have to be, in its own unit. */
export interface Correction {
  readonly figure: Figure;
  readonly value: number;
  /** Where the value comes from: `GPU-hours of XL at 40% of the peak`. */
  readonly reason: string;
}

/** One check of a plan. The GPU is the one that the plan names, null where the catalog does not know it. */
export type PlanCheck = (plan: Plan, gpu: GpuSpec | null) => readonly PlanRemark[];
