import type { Place } from '../../problem.ts';
import type { Span } from '../markdown/span.ts';

/** A table, whatever it was written in: Markdown, CSV, a list of YAML. */
export interface Table {
  readonly header: readonly Span[];
  readonly rows: readonly Row[];
  readonly place: Place;
  /** Cells of the line of dashes of a Markdown table. */
  readonly delimiters?: number | null;
  /** What stands above it and may say the GPU, their number and the price: headings first, the nearest text last. */
  readonly context: readonly string[];
}

export interface Row {
  readonly cells: readonly Span[];
  readonly place: Place;
}
