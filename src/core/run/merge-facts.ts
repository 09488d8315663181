import type { Fact, Facts } from './facts.ts';

/** Stronger facts over weaker ones; a framework's default is weaker than any. Each keeps the chain of what it replaces. */
export function mergeFacts(stronger: Facts, weaker: Facts): Facts {
  const merged: Record<string, Fact<unknown>> = { ...weaker };
  for (const [field, fact] of Object.entries(stronger)) {
    const other = merged[field];
    merged[field] = other === undefined ? fact : fact.authority === 'default' ? over(other, fact) : over(fact, other);
  }
  return merged;
}

function over(fact: Fact<unknown>, replaced: Fact<unknown>): Fact<unknown> {
  return { ...fact, replaces: fact.replaces === undefined ? replaced : over(fact.replaces, replaced) };
}
