import type { Figures } from '../estimate/figures.ts';
import type { Place } from '../problem.ts';
import type { RunField } from '../run/fields.ts';

/** One key that a pull request adds, changes or removes, and what that does to the figures of a run. */
export interface Edit {
  /** The key as the config writes it. */
  readonly key: string;
  /** Its value at the base; null where it has none there. */
  readonly from: string | null;
  /** Its value at the head; null where it has none there. */
  readonly to: string | null;
  /** Its line at the head; that at the base for a key that is removed. */
  readonly place: Place;
  /** What the key says of the run; none where it stands for the file's own path and format. */
  readonly fields: readonly RunField[];
  /** The figures of the head with this edit alone taken back. */
  readonly without: Figures;
  /** Its fair share of each figure's change. The shares of a run's edits add up to the change; null where one is unknown. */
  readonly share: Figures;
}
