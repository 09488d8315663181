import type { Place, Problem } from '../../problem.ts';
import type { Span } from '../markdown/span.ts';
import type { Alternative, Cost, Figure } from '../plan.ts';
import type { FigureMeaning } from './meaning.ts';

/** One row of one table: what it is called, and what its cells say. */
export interface TableRow {
  readonly name: string;
  readonly place: Place;
  readonly figures: ReadonlyMap<FigureMeaning, Figure>;
  readonly cost: Cost | null;
  readonly gpu: string | null;
  readonly alternatives: readonly Alternative[];
  readonly notes: string | null;
  readonly status: string | null;
  readonly evidence: Span | null;
  readonly date: Span | null;
  /** Columns with something in them, the name's not counted. */
  readonly filled: number;
  readonly problems: readonly Problem[];
}
