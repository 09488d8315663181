import type { Format } from '../formats/format.ts';
import type { Problem } from '../problem.ts';
import type { StatedRun } from '../run/facts.ts';

/** What one file states, and in which dialect. */
export interface RunReading {
  /** null for a file that is no training config. */
  readonly format: Format | null;
  /** null for a file that is no training config, or that can't be read: then the problems say why. */
  readonly run: StatedRun | null;
  readonly problems: readonly Problem[];
  /** Paths of the other files that it was read with, if any. */
  readonly builtOn?: readonly string[];
}
