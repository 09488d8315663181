import { interpolate } from '../compose/interpolate.ts';
import { overlaid } from '../compose/layers.ts';
import type { Document } from '../document/document.ts';
import { syntaxOf } from '../document/parse-document.ts';
import type { Place } from '../problem.ts';
import type { Fact, Facts } from '../run/facts.ts';
import type { ReadResult } from './format.ts';
import { readListingUnread } from './not-read.ts';

/** Layers of which each has a say in the chain of a value; with more, the weakest count as one. */
const mostSteps = 16;

/** Some documents, weakest first, as the one that they make, at the path of the last or of the config that they are of. */
export function merged(layers: readonly Document[], path: string): Document {
  const [first, ...rest] = layers;
  const document = rest.reduce(overlaid, first ?? { path, value: null, placeOf: () => ({ path, line: 1, column: 1 }) });
  return { ...document, path };
}

/**
 * Reads what some documents make together, weakest first; every fact keeps the chain of what it replaces, each with its
 * place.
 */
export function readLayers(
  layers: readonly Document[],
  path: string,
  read: (composed: Document) => ReadResult,
): ReadResult {
  const steps = stepsOf(layers, path);
  const last = steps.at(-1);
  if (last === undefined) return { run: null, problems: [] };
  const whole = interpolate(last).document;
  // Neither the words of a script nor the variables of a program are keys: who reads them lists what it knows nothing of.
  const result = holdsKeys(whole) ? readListingUnread(whole, read) : read(whole);
  if (result.run === null || steps.length === 1) return result;
  const older = steps.slice(0, -1).map((step) => read(interpolate(step).document).run?.facts ?? {});
  const facts = [...older, result.run.facts].reduce(chained);
  return { ...result, run: { ...result.run, facts: keepStated(facts, result.run.facts) } };
}

function holdsKeys({ path }: Document): boolean {
  const syntax = syntaxOf(path);
  return syntax !== 'shell' && syntax !== 'python';
}

/** What the documents make up to each of them. */
function stepsOf(layers: readonly Document[], path: string): Document[] {
  const hidden = Math.max(0, layers.length - mostSteps);
  const weakest = merged(layers.slice(0, hidden + 1), path);
  const steps = [weakest];
  for (const layer of layers.slice(hidden + 1)) steps.push({ ...overlaid(steps.at(-1) ?? weakest, layer), path });
  return steps;
}

/** Each fact that a step changes remembers what it was before. */
function chained(older: Facts, newer: Facts): Facts {
  const known = new Map<string, Fact<unknown>>(Object.entries(older));
  for (const [field, fact] of Object.entries(newer) as [string, Fact<unknown>][]) {
    const before = known.get(field);
    const isSame = before !== undefined && isSamePlace(before.place, fact.place) && before.authority === fact.authority;
    if (before === undefined || field === 'training.trainer') known.set(field, fact);
    else if (!isSame || !isSameValue(before.value, fact.value)) known.set(field, { ...fact, replaces: before });
  }
  // Each value is still that of its own field.
  return Object.fromEntries(known);
}

/** What a weaker layer stated and the whole doesn't is no fact of the whole. */
function keepStated(chains: Facts, stated: Facts): Facts {
  const entries = Object.entries(chains).filter(([field]) => Object.hasOwn(stated, field));
  return Object.fromEntries(entries);
}

function isSamePlace(a: Place | null, b: Place | null): boolean {
  return a?.path === b?.path && a?.line === b?.line && a?.column === b?.column;
}

function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
