import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readGuards, type Guards } from '../core/guards.ts';
import type { SourceFile } from '../core/source-file.ts';
import { findGuards } from '../workspace/guards.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { factsOf, type WhatIfOptions } from './what-if.ts';
import type { Terminal } from './terminal.ts';
import { pathWithin, problemSeenFrom, type Surroundings } from './surroundings.ts';

/** Options of the command line that name a policy or a plan, from the working directory, or say what to take instead. */
export interface GuardOptions extends WhatIfOptions {
  readonly policy?: string;
  readonly plan?: readonly string[];
}

/** Policy and plan, and the files that the plan was read from. */
export interface LocalGuards extends Guards {
  readonly planFiles: readonly SourceFile[];
}

/** Policy and plan as they lie on the disk. Throws where an option names a file that does not exist. */
export async function localGuards(
  { root, workspace }: Surroundings,
  options: GuardOptions,
  { directory, today }: Pick<Terminal, 'directory' | 'today'>,
): Promise<LocalGuards> {
  const policyPath = await pathOf('--policy', options.policy, root, directory);
  const named = await Promise.all((options.plan ?? []).map((file) => pathOf('--plan', file, root, directory)));
  const planPaths = named.filter((path) => path !== null);
  const found = await findGuards(workspace, policyPath);
  const planFiles = planPaths.length === 0 ? found.planFiles : await filesAt(planPaths, workspace);
  const guards = readGuards(found.policyFile, planFiles, today);
  return {
    ...guards,
    planFiles,
    given: factsOf(options),
    problems: guards.problems.map((problem) => problemSeenFrom(directory, root, problem)),
  };
}

async function filesAt(paths: readonly string[], workspace: Workspace): Promise<readonly SourceFile[]> {
  const contents = await workspace.read(paths);
  return paths.map((path) => ({ path, content: contents.get(path) ?? { unreadable: 'does not exist' } }));
}

async function pathOf(
  option: string,
  value: string | undefined,
  root: string,
  directory: string,
): Promise<string | null> {
  if (value === undefined) return null;
  const absolute = resolve(directory, value);
  await access(absolute).catch(() => {
    throw new Error(`${option}: there is no file ${value}`);
  });
  return pathWithin(root, absolute);
}
