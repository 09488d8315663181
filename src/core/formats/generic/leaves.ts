/** A value of a config that is no map or list, with the names of the maps that it stands in. */
export interface Leaf {
  /** As written, from the root. */
  readonly path: readonly string[];
  /** In snake case: `nHeads` and `n-heads` are `n_heads`. */
  readonly names: readonly string[];
  readonly value: string | number | boolean;
}

/** A config has hundreds of values; what is larger is data. */
const most = { leaves: 3000, depth: 10 };

/** The plain values of a document, in the order in which they stand; null for one that has more than a config would. */
export function leavesOf(root: unknown): Leaf[] | null {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, path: readonly string[], names: readonly string[]): void => {
    if (leaves.length > most.leaves || path.length > most.depth) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      if (path.length > 0) leaves.push({ path, names, value });
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, below] of Object.entries(value)) walk(below, [...path, key], [...names, snakeCase(key)]);
    }
  };
  walk(root, [], []);
  return leaves.length > most.leaves ? null : leaves;
}

function snakeCase(key: string): string {
  return key
    .slice(0, 80)
    .replaceAll('-', '_')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
