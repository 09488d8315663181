/** Unchanged lines around each change, as `diff -u` has them. */
const contextLines = 3;

/**
 * What an edit changes as a unified diff, which `git apply` and `patch` take; empty where nothing changes. For edits that
 * change lines where they stand: both texts have as many.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const changed = [...old.keys()].filter((index) => old[index] !== now[index]);
  const hunks = grouped(changed).map(([first, last]) => hunk(old, now, first, last));
  return hunks.length === 0 ? '' : [`--- a/${path}`, `+++ b/${path}`, ...hunks.flat()].join('\n');
}

/** First and last line of each group of changes that share their context. */
function grouped(changed: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const groups: [number, number][] = [];
  for (const line of changed) {
    const group = groups.at(-1);
    if (group !== undefined && line - group[1] <= 2 * contextLines) group[1] = line;
    else groups.push([line, line]);
  }
  return groups;
}

function hunk(old: readonly string[], now: readonly string[], first: number, last: number): string[] {
  // After the last line end there is no line
  const end = old.at(-1) === '' ? old.length - 1 : old.length;
  const [from, to] = [Math.max(0, first - contextLines), Math.min(end, last + contextLines + 1)];
  const lines: string[] = [];
  for (let index = from; index < to;) {
    const start = index;
    while (index < to && old[index] !== now[index]) index += 1;
    lines.push(...marked('-', old, start, index), ...marked('+', now, start, index));
    if (index < to) lines.push(...marked(' ', old, index, index + 1));
    index += 1;
  }
  return [`@@ -${from + 1},${to - from} +${from + 1},${to - from} @@`, ...lines];
}

function marked(mark: string, lines: readonly string[], from: number, to: number): string[] {
  return lines.slice(from, to).flatMap((line, index) => {
    const isUnended = from + index === lines.length - 1;
    return isUnended ? [`${mark}${line}`, '\\ No newline at end of file'] : [`${mark}${line}`];
  });
}
