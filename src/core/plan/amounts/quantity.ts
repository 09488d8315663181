/** What a number in a text is of. */
export type Unit =
  | { readonly kind: 'gpu-time'; readonly hours: number; readonly gpu: string | null }
  | { readonly kind: 'node-time' | 'time'; readonly hours: number }
  | { readonly kind: 'memory'; readonly bytes: number }
  | { readonly kind: CountedKind };

/** What is counted, and has no unit but its name. */
export type CountedKind = 'tokens' | 'samples' | 'steps' | 'parameters' | 'share' | 'factor' | 'other';

/** A number of a text with all that stands around it: `~$270-365`, `up to 40k GPU-hours`, `1.4M+`. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** Both ends, thousands and millions counted in; null where the end is open. */
  readonly low: number | null;
  readonly high: number | null;
  /** `35m`: 35 million, or 35 minutes where time is meant. */
  readonly isMaybeMinutes: boolean;
  /** Neither thousands nor a unit: the header may say what it is in. */
  readonly isBare: boolean;
  /** `0→3.1B`: how far something has come, not between which two it lies. */
  readonly isProgress: boolean;
  readonly unit: Unit | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** What it is for each of: `gpu-hour`, `hr`, `run`. */
  readonly per: string | null;
  readonly inBrackets: boolean;
  /** Why it cannot be read: a comma that separates no thousands, a point that may do so, a minus, letters that are no unit. */
  readonly fault: 'comma' | 'point' | 'minus' | 'letters' | null;
}
