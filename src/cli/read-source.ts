import { estimateConfig } from '../core/estimate-config.ts';
import type { Problem } from '../core/problem.ts';
import { configOf, fileOf } from '../core/recipe-path.ts';
import { runsAlike } from '../core/reading/runs-alike.ts';
import type { OpenedFiles } from '../core/reading/opened-files.ts';
import { unknownDialect } from '../core/source-file.ts';
import { openOne } from '../workspace/collect.ts';
import { localLaunched } from './local-launched.ts';
import { localGuards, type GuardOptions, type LocalGuards } from './local-guards.ts';
import { problemSeenFrom, seenFrom, type Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';
import { locateTarget, withHint } from './unfiled.ts';

/** One config with what it is built on. */
export interface OpenSource {
  readonly path: string;
  readonly files: OpenedFiles;
  readonly guards: LocalGuards;
  readonly surroundings: Surroundings;
  /** Root of its repository, absolute. */
  readonly root: string;
  /** The config's path as seen from the working directory. */
  readonly seenPath: string;
  /** What may have been meant, in words, where there is no such file. */
  readonly hint: string | null;
}

/** One run. Its path names the launcher that it is read with, where there is one. */
export interface Source extends OpenSource {
  /** What the run is called: its config, or what was asked for. */
  readonly name: string;
  /** Why it cannot be read, or contradicts itself; as seen from the working directory. */
  readonly problems: readonly Problem[];
}

/** Where a command is called, and what comes in. */
type Input = Pick<Terminal, 'directory' | 'today' | 'input'>;

/** Opens the one config that a command is about. Throws for a folder. */
export async function openSource(target: string, options: GuardOptions, terminal: Input): Promise<OpenSource> {
  return (await openWithLaunchers(target, options, terminal)).source;
}

/** Reads the one run that a command is about. Throws for a folder, and for a config whose launchers differ. */
export async function readSource(target: string, options: GuardOptions, terminal: Input): Promise<Source> {
  const { source, starts } = await openWithLaunchers(target, options, terminal);
  const { files, guards, root } = source;
  const runs = runsAlike(starts.length > 0 ? starts : [source.path], files);
  const [run] = runs;
  if (run === undefined || runs.length > 1) {
    throw new Error(`${target} has ${runs.length} launchers that differ; name one, as in ${run?.path ?? ''}`);
  }
  const { estimated, problems } = estimateConfig(run.path, files, guards);
  const found = estimated === null && problems.length === 0 ? [unknownDialect(source.path)] : problems;
  return {
    ...source,
    path: run.path,
    name: source.path,
    problems: withHint(found, source.hint).map((problem) => problemSeenFrom(terminal.directory, root, problem)),
  };
}

async function openWithLaunchers(
  target: string,
  options: GuardOptions,
  terminal: Input,
): Promise<{ readonly source: OpenSource; readonly starts: readonly string[] }> {
  const { directory } = terminal;
  const { surroundings, path, isFolder, calledAs, hint = null } = await locateTarget(terminal, target);
  if (isFolder) throw new Error(`${target} is a folder; name one config`);
  const { root, workspace } = surroundings;
  const guards = await localGuards(surroundings, options, terminal);
  const starts = (await localLaunched(surroundings, guards, path)).get(configOf(path)) ?? [];
  const files = await openOne(workspace, fileOf(path), () => [path, ...starts], guards.policy);
  const seenPath = calledAs ?? seenFrom(directory, root, path);
  return { source: { path, files, guards, surroundings, root, seenPath, hint }, starts };
}
