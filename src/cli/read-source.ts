import { estimateConfig } from '../core/estimate-config.ts';
import type { Problem } from '../core/problem.ts';
import { fileOf } from '../core/recipe-path.ts';
import type { OpenedFiles } from '../core/reading/opened-files.ts';
import { unknownDialect } from '../core/source-file.ts';
import { openOne } from '../workspace/collect.ts';
import type { Launchers } from '../core/launchers.ts';
import { localLaunchers } from './local-launchers.ts';
import { localGuards, type GuardOptions, type LocalGuards } from './local-guards.ts';
import { locate, problemSeenFrom, seenFrom } from './surroundings.ts';

/** One config with all that it is read with. */
export interface Source {
  readonly path: string;
  readonly files: OpenedFiles;
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
  const files = await openOne(workspace, fileOf(path), () => [path], guards.policy);
  const launchers = await localLaunchers(surroundings, guards, path);
  const { estimated, problems } = estimateConfig(path, files, guards, null, launchers);
  const found = estimated === null && problems.length === 0 ? [unknownDialect(path)] : problems;
  return {
    path,
    files,
    launchers,
    guards,
    root,
    seenPath: seenFrom(directory, root, path),
    problems: found.map((problem) => problemSeenFrom(directory, root, problem)),
  };
}
