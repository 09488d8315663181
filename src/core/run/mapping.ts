import type { Place } from '../problem.ts';
import type { Facts } from './facts.ts';
import type { RunField } from './fields.ts';

/** The dialect of configs that are read by the names of their keys, for want of a mapping. */
export const guessedFormat = 'generic';

/** How one key of a team's own config states a fact. */
export interface MappedKey {
  readonly field: RunField;
  /** Dotted, from the root of the config. */
  readonly key: string;
  /** What the values of the key mean, where they are not the field's own. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Numbers, and keys that state numbers, that the value is multiplied with. */
  readonly times: readonly (string | number)[];
  /** The same, that it is divided by. */
  readonly dividedBy: readonly (string | number)[];
  /** Where the mapping says so. */
  readonly place: Place;
}

/** A team's own config format, as its policy describes it. */
export interface Mapping {
  readonly name: string;
  /** Globs of the files that are written in it. */
  readonly files: readonly string[];
  readonly keys: readonly MappedKey[];
  /** What holds for every run of this format whose config does not say otherwise. */
  readonly state: Facts;
}
