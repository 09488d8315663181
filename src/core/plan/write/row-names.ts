import { rowKey } from '../row-key.ts';

interface Named {
  readonly path: string;
  readonly name: string | null;
}

/** Files that are called after nothing in particular: their folder says what they are. */
const common = /^(?:config|conf|train|training|run|main|base|default|debug|example)s?(?:[-_. ]|$)/i;

/**
 * Short names by which the rows are told apart: the run's own, else the end of its path from the folder on that no other
 * has. All words of it are in the path, so that a run is matched to its row.
 */
export function rowNames(rows: readonly Named[]): readonly string[] {
  const candidates = rows.map(candidatesOf);
  const counts = new Map<string, number>();
  for (const own of candidates) for (const key of new Set(own.map(rowKey))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return candidates.map((own) => own.find((name) => counts.get(rowKey(name)) === 1) ?? own.at(-1) ?? '');
}

function candidatesOf({ path, name }: Named): readonly string[] {
  const parts = path.replace(/\/$/, '').split('/');
  const stem = parts.at(-1)?.replace(/\.\w{1,8}$/, '') ?? '';
  const ends = parts.map((_, index) => [...parts.slice(parts.length - 1 - index, -1), stem].join('/'));
  const own = name !== null && name !== stem && /[\s\d_-]/.test(name) ? [name] : [];
  return [...own, ...(common.test(stem) && ends.length > 1 ? ends.slice(1) : ends), path];
}
