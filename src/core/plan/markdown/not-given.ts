/** A dash, `n/a`, `TBD` or nothing at all. */
export function isNotGiven(text: string): boolean {
  return /^(?:[-–—?]*|n\/?a|none|tbd|unknown|ongoing|continuous|varies|\.\.\.|…)$/i.test(text);
}
