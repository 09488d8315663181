/** One line of a text that another version of it has not, or has otherwise. */
export interface LineChange {
  /** Line in the text before, from 1; of a line that is added, the one that it follows (0 at the top). */
  readonly line: number;
  /** null for a line that is added. */
  readonly before: string | null;
  /** null for a line that goes. */
  readonly after: string | null;
}

/** Lines beyond which no common lines are looked for between the first and the last that differ. */
const mostLines = 1000;

/** What an edit changes, line by line. A line that goes where one comes is one changed line. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return compare(old.slice(start, old.length - end), now.slice(start, now.length - end), start);
}

function compare(old: readonly string[], now: readonly string[], offset: number): LineChange[] {
  const common = longestCommon(old, now);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  for (const [nextOld, nextNow] of [...common, [old.length, now.length] as const]) {
    for (; i < nextOld || j < nextNow;) {
      const before = i < nextOld ? (old[i] ?? null) : null;
      const after = j < nextNow ? (now[j] ?? null) : null;
      if (before !== null) i += 1;
      if (after !== null) j += 1;
      changes.push({ line: offset + i, before, after });
    }
    i += 1;
    j += 1;
  }
  return changes;
}

/** Pairs of positions of the longest common subsequence (Cormen et al., Introduction to Algorithms, 14.4). */
function longestCommon(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  if (old.length > mostLines || now.length > mostLines) return [];
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
