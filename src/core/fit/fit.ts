import type { LineChange } from '../document/line-changes.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { RunField } from '../run/fields.ts';

/** One field that a fit sets otherwise, and the key that says so in the config's dialect. */
export interface FieldChange {
  readonly field: RunField;
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** A change to a config with which it fits, read and estimated again from the changed text. */
export interface Fit {
  readonly changes: readonly FieldChange[];
  readonly lines: readonly LineChange[];
  /** The script that starts the config, where the lines are that one's; null where they are the config's. */
  readonly launcher: string | null;
  /** The whole file, changed. */
  readonly text: string;
  readonly estimated: EstimatedRun;
  /** Even the high end of the memory range fits. */
  readonly isComfortable: boolean;
  /** GPU-hours against the unchanged run's: 1.1 for a tenth more; null where they can't be known. */
  readonly hoursRatio: number | null;
  /** What takes time and the estimate does not count, in words. */
  readonly uncounted: readonly string[];
  /** What makes it another training or needs other hardware, in words; null where the same training fits. */
  readonly difference: string | null;
}

/** A GPU of the catalog on which a run fits as it stands. */
export interface FittingGpu {
  readonly name: string;
  readonly usableBytes: number;
  readonly gpuHours: number | null;
  readonly usd: number | null;
  readonly usdPerGpuHour: number;
  readonly priceSource: string;
}

/** What makes a config fit, or why nothing that was tried does. */
export interface FitAnswer {
  readonly path: string;
  /** The run as it stands. */
  readonly asked: EstimatedRun;
  /** Its likely peak fits as it stands, so that there is nothing to change. */
  readonly fitsAlready: boolean;
  /** The smallest changes first, then the cheapest in time; what is another training comes last. */
  readonly fits: readonly Fit[];
  /** Why there are none; null where there are, or where none is needed. */
  readonly reason: string | null;
  /** The largest micro batch with which it fits when nothing else changes; null when even 1 is too large. */
  readonly largestMicroBatch: number | null;
  /** Cheapest first. */
  readonly gpus: readonly FittingGpu[];
  /** Variants whose memory was estimated. */
  readonly candidates: number;
}
