import { syntaxOf } from './document/parse-document.ts';
import { launchedBy, type LaunchedConfig } from './reading/launched.ts';
import type { OpenedFiles } from './reading/opened-files.ts';
import { recognize } from './reading/recognize.ts';
import { fileOf } from './recipe-path.ts';
import type { Fact, Facts, Unknown } from './run/facts.ts';
import type { RunField } from './run/fields.ts';

/** The configs that the launchers of a repository name, with what each says of them. */
export type Launchers = readonly LaunchedConfig[];

export const noLaunchers: Launchers = [];

/** Reads the launchers among some files: scripts, and tasks of SkyPilot, dstack and Kubernetes. */
export function readLaunchers(paths: readonly string[], files: OpenedFiles): Launchers {
  return paths.flatMap((path) => (mayLaunch(path, files.text(path)) ? launchedBy(path, files) : []));
}

/** Whether a file is a launcher, which may name configs. */
export function isLauncher(path: string, files: OpenedFiles): boolean {
  const document = mayLaunch(path, files.text(path)) ? (files.parsed(path)?.document ?? null) : null;
  return document !== null && recognize(document)?.launcher === true;
}

/** What names no file launches none: most configs need not be parsed for it. */
function mayLaunch(path: string, text: string | null): boolean {
  if (text === null) return false;
  const syntax = syntaxOf(path);
  return (syntax === 'shell' || syntax === 'yaml') && /\.(?:ya?ml|toml|json|py)\b|--config-name/.test(text);
}

/** What the launchers of a config agree on, and what they do not. */
export interface Launched {
  readonly facts: Facts;
  readonly unknown: readonly Unknown[];
}

/**
 * What the launchers of a config say of it: GPU type and count, sharding, offload, precision. Where they differ, each is an
 * alternative and none is taken.
 */
export function launchedFacts(launchers: Launchers, path: string): Launched {
  const naming = launchers.filter(({ paths }) => paths.includes(fileOf(path))).map(({ facts }) => facts);
  const facts: Record<string, Fact<unknown>> = {};
  const unknown: Unknown[] = [];
  const fields = new Set(naming.flatMap((stated) => Object.keys(stated) as RunField[]));
  for (const field of fields) {
    const said = naming.flatMap((stated): Fact<unknown>[] => {
      const fact = stated[field];
      return fact === undefined ? [] : [fact];
    });
    const [first] = said;
    if (first === undefined) continue;
    if (said.every(({ value }) => value === first.value)) facts[field] = first;
    else unknown.push({ field, reason: alternatives(field, said) });
  }
  return { facts, unknown };
}

/** As many as a line holds; a hostile repository could have a thousand. */
const mostListed = 5;

function alternatives(field: RunField, said: readonly Fact<unknown>[]): string {
  const distinct = new Map(said.map((fact) => [fact.value, fact]));
  const listed = [...distinct.values()].slice(0, mostListed).map(({ value, place }) => {
    return place === null ? String(value) : `${String(value)} (${place.path}:${place.line})`;
  });
  const more = distinct.size > mostListed ? ` and ${distinct.size - mostListed} more` : '';
  return `its launchers differ: ${listed.join(', ')}${more}; state ${field} in the config, or in the policy's assumptions`;
}
