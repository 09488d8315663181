import type { Fact, Facts } from './facts.ts';

/** Every value that is stated, as a text to compare: without its place, which moves with any line. */
export function statedValues(facts: Facts): string {
  const values = Object.entries(facts as Readonly<Record<string, Fact<unknown>>>).map(
    ([field, { value }]) => [field, value] as const,
  );
  return JSON.stringify(values.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
