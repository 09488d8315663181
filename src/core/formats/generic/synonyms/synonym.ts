import type { RunField } from '../../../run/fields.ts';

/** Names by which configs call a fact, the plainest first; in snake case. */
export interface Synonyms {
  readonly field: RunField;
  readonly names: readonly string[];
  /** Names that mean it only beside other dimensions of a model, or in a map of that name. */
  readonly within?: Readonly<Record<string, RegExp>>;
  /** What the words of configs mean; without it the value is the field's own. */
  readonly words?: Readonly<Record<string, unknown>>;
  /** Smallest and largest number that is likely one. */
  readonly range?: readonly [number, number];
}
