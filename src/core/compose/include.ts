import type { KeyPath } from '../document/document.ts';

/** A config that another builds on, as it names it. */
export interface Include {
  readonly kind: 'include';
  /** As it is written. */
  readonly written: string;
  /** The paths that it may have, of which the first that exists counts; none where it leads out of the repository. */
  readonly candidates: readonly string[];
  /** Where its values go in the composed config, by who names it; null leaves that to its header, or to its group. */
  readonly package: string | null;
  /** The folder of its group, from the folder of all groups; what it includes itself is relative to that. */
  readonly group: string;
  /** Its group as the file that names it sees it, with dots: where the values of a group go by default. */
  readonly folder: string;
  /** Whether it is an error where it does not exist. */
  readonly isNeeded: boolean;
  /** Python's `from .base import a, b`: the names that are taken; null for all. */
  readonly names: readonly string[] | null;
  /** Where it is named. */
  readonly keys: KeyPath;
}

/** What a config is put together from, in the order in which the later replaces the earlier. */
export type Part = Include | { readonly kind: 'self' };

/** An include that is relative to the file that names it. */
export function plainInclude(written: string, candidates: readonly (string | null)[], keys: KeyPath): Include {
  const paths = candidates.filter((path) => path !== null);
  return {
    kind: 'include',
    written,
    candidates: [...new Set(paths)],
    package: '',
    group: '',
    folder: '',
    isNeeded: true,
    names: null,
    keys,
  };
}
