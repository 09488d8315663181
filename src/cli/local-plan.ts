import { readGuards, type Guards } from '../core/guards.ts';
import type { PlanText } from '../core/plan/read-plan.ts';
import type { SourceFile } from '../core/source-file.ts';
import { findGuards } from '../workspace/guards.ts';
import { locate, seenFrom } from './surroundings.ts';

/** A plan as it lies on the disk, its places as seen from the working directory. */
export interface LocalPlan extends Pick<Guards, 'plan' | 'planGpu' | 'problems'> {
  readonly files: readonly PlanText[];
  /** What the plan is called: its file, or its files. */
  readonly path: string;
}

/** The plan of the files that are named, or else the repository's own. Throws where there is none to read. */
export async function localPlan(directory: string, named: readonly string[]): Promise<LocalPlan> {
  const sources = named.length === 0 ? await ownFiles(directory) : await Promise.all(named.map(namedIn(directory)));
  return { files: textsIn(sources), path: sources.map(({ path }) => path).join(', '), ...readGuards(null, sources) };
}

/** The texts of a plan's files. Throws where one of them cannot be read. */
export function textsIn(sources: readonly SourceFile[]): readonly PlanText[] {
  return sources.map(({ path, content }) => {
    if ('unreadable' in content) throw new Error(`${path} ${content.unreadable}`);
    return { path, text: content.text };
  });
}

async function ownFiles(directory: string): Promise<readonly SourceFile[]> {
  const { root, workspace } = (await locate(directory, '.')).surroundings;
  const { planFiles } = await findGuards(workspace);
  if (planFiles.length === 0) throw noPlan('name its file');
  return planFiles.map(({ path, content }) => ({ path: seenFrom(directory, root, path), content }));
}

function namedIn(directory: string): (named: string) => Promise<SourceFile> {
  return async (named) => {
    const { surroundings, path } = await locate(directory, named);
    const content = (await surroundings.workspace.read([path])).get(path) ?? { unreadable: 'does not exist' };
    return { path: seenFrom(directory, surroundings.root, path), content };
  };
}

/** Where neither the command line nor the policy says which file the plan is. */
export function noPlan(wayOut: string): Error {
  return new Error(`no plan was found; ${wayOut}, or set "plan" in .github/scalegate.yml`);
}
