/** The candidate that a misspelled word most likely means: at most a third of its letters away; null for none. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > 60) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbors between two words (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? 0;
}

/** A few names that a word may mean: the nearest in letters, and those of which it is a part or an end. */
export function nearestNames(word: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const close = nearest(word, names);
  const ends = names.filter((name) => name.toLowerCase().endsWith(`.${wanted}`));
  const lastOf = new Map(names.map((name) => [name.split('.').at(-1) ?? name, name]));
  const closeEnd = lastOf.get(nearest(wanted.split('.').at(-1) ?? wanted, [...lastOf.keys()]) ?? '');
  const parts = wanted.length < 3 ? [] : names.filter((name) => name.toLowerCase().includes(wanted));
  const found = [close, ...ends, closeEnd ?? null, ...parts].filter((name) => name !== null);
  return [...new Set(found)].slice(0, most);
}
