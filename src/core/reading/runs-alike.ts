import { configOf } from '../recipe-path.ts';
import { statedValues } from '../run/stated-values.ts';
import type { OpenedFiles } from './opened-files.ts';
import { runOf } from './read-run.ts';

/** A run with what it is called. */
export interface NamedRun {
  /** The config, or the config with its launcher where others of it differ. */
  readonly name: string;
  /** Where it is read. */
  readonly path: string;
}

/** The runs of one config by their paths: those that state the same are one. */
export function runsAlike(paths: readonly string[], files: OpenedFiles): readonly NamedRun[] {
  const byFacts = new Map<string, string>();
  for (const path of paths) {
    const { run, problems } = runOf(path, files);
    const facts = JSON.stringify([run === null ? null : statedValues(run.facts), problems]);
    if (!byFacts.has(facts)) byFacts.set(facts, path);
  }
  const distinct = [...byFacts.values()];
  return distinct.map((path) => ({ path, name: distinct.length === 1 ? configOf(path) : path }));
}
