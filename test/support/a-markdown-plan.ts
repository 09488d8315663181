import { expect } from 'vitest';
import type { Figure, Plan } from '../../src/core/plan/plan.ts';
import { readPlan } from '../../src/core/plan/read-plan.ts';
import type { Problem } from '../../src/core/problem.ts';

/** A ladder of two scales, below which a test writes what it is about. */
export const ladder = '| Scale | Params |\n| --- | --- |\n| Tiny | 10M |\n| Small | 100M |\n';

/** The plan of a text that has no problem. */
export function planOf(text: string): Plan {
  const { plan, problems } = readPlan('plan.md', text);
  expect(problems).toEqual([]);
  return plan!;
}

export function valueOf(figure: Figure | null): number | null {
  return figure?.value ?? null;
}

/** What is wrong with a text, as `code line:column`. */
export function problemsOf(text: string): string[] {
  return readPlan('plan.md', text).problems.map(codeAndPlace);
}

export function codeAndPlace({ code, place }: Problem): string {
  return `${code} ${place.line}:${place.column}`;
}
