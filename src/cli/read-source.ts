import { estimateConfig } from '../core/estimate-config.ts';
import type { Problem } from '../core/problem.ts';
import { fileOf } from '../core/recipe-path.ts';
import { unknownDialect, type SourceFile } from '../core/source-file.ts';
import { collectReferenced } from '../workspace/collect.ts';
import type { Launchers } from '../core/launchers.ts';
import { localLaunchers } from './local-launchers.ts';
import { localGuards, type GuardOptions, type LocalGuards } from './local-guards.ts';
import { locate, problemSeenFrom, seenFrom } from './surroundings.ts';

/** One config's text with all that it is read with. */
export interface Source {
  readonly file: SourceFile;
  readonly referenced: readonly SourceFile[];
  readonly launchers: Launchers;
  readonly guards: LocalGuards;
  /** Root of its repository, absolute. */
  readonly root: string;
  /** The config's path as seen from the working directory. */
  readonly seenPath: string;
  /** Why it cannot be read, or contradicts itself; as seen from the working directory. */
  readonly problems: readonly Problem[];
}

/** Reads the one config that a command is about. Throws for a folder. */
export async function readSource(target: string, options: GuardOptions, directory: string): Promise<Source> {
  const { surroundings, path, isFolder } = await locate(directory, target);
  if (isFolder) throw new Error(`${target} is a folder; name one config`);
  const { root, workspace } = surroundings;
  const guards = await localGuards(surroundings, options, directory);
  const content = (await workspace.read([fileOf(path)])).get(fileOf(path)) ?? { unreadable: 'does not exist' };
  const referenced = await collectReferenced(workspace, new Map([[path, content]]), guards.policy);
  const file = { path, content };
  const launchers = await localLaunchers(surroundings, guards, path);
  const { estimated, problems } = estimateConfig(file, referenced, guards, null, launchers);
  const found = estimated === null && problems.length === 0 ? [unknownDialect(path)] : problems;
  return {
    file,
    referenced,
    launchers,
    guards,
    root,
    seenPath: seenFrom(directory, root, path),
    problems: found.map((problem) => problemSeenFrom(directory, root, problem)),
  };
}
