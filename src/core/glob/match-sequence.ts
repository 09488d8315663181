/** Whether items fit a pattern in which `any` stands for any number of them and every other part for exactly one. */
export function matchesSequence(
  pattern: readonly string[],
  items: readonly string[],
  any: string,
  matchesOne: (part: string, item: string) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (next < items.length) {
    const part = pattern[at];
    const item = items[next] ?? '';
    if (part === any) {
      lastAny = at;
      resumeAt = next;
      at += 1;
    } else if (part !== undefined && matchesOne(part, item)) {
      at += 1;
      next += 1;
    } else {
      if (lastAny === -1) return false;
      // One item more for the last `any`; an earlier one can take nothing that this one can't
      resumeAt += 1;
      at = lastAny + 1;
      next = resumeAt;
    }
  }
  return pattern.slice(at).every((part) => part === any);
}
