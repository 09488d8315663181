import { z } from 'zod';
import type { Document } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import type { Problem } from '../problem.ts';
import type { Fact, Facts, StatedRun } from '../run/facts.ts';

const ModelName = z.string().min(1).max(200);

/** `our-org/our-7b: meta-llama/Llama-3.1-8B`. */
export const ModelsSection = z
  .record(ModelName, ModelName)
  .refine((models) => Object.keys(models).length <= 500, 'Expected at most 500 models.');

/** The model that each of the team's own names stands for, by name, with the place that says so. */
export type ModelAliases = ReadonlyMap<string, Fact<string>>;

export function readModels(document: Document): { value: ModelAliases; problems: readonly Problem[] } {
  const { value, problems } = readWithSchema(document, ModelsSection.optional(), ['models']);
  const aliases = Object.entries(value ?? {}).map(([name, model]): [string, Fact<string>] => {
    return [name, { value: model, authority: 'policy', place: document.placeOf(['models', name]) }];
  });
  return { value: new Map(aliases), problems };
}

/** A run whose model the policy knows under another name. */
export function withAlias(run: StatedRun, aliases: ModelAliases): StatedRun {
  const named = run.facts['model.id'];
  const alias = named === undefined ? undefined : aliases.get(named.value);
  if (named === undefined || alias === undefined) return run;
  const facts: Facts = { ...run.facts, 'model.id': { ...alias, replaces: named } };
  return { ...run, facts };
}
