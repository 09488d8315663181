import { readGuards, type Guards } from '../core/guards.ts';
import type { SourceFile } from '../core/source-file.ts';
import { findGuards } from '../workspace/guards.ts';
import { locate, seenFrom } from './surroundings.ts';

/** A plan as it lies on the disk, its places as seen from the working directory. */
export interface LocalPlan extends Pick<Guards, 'plan' | 'planGpu' | 'problems'> {
  readonly path: string;
  readonly text: string;
}

/** The plan that is named, or else the repository's own. Throws where there is none to read. */
export async function localPlan(directory: string, named: string | undefined): Promise<LocalPlan> {
  const { path, content } = await planFile(directory, named);
  if ('unreadable' in content) throw new Error(`${path} ${content.unreadable}`);
  return { path, text: content.text, ...readGuards(null, { path, content }) };
}

async function planFile(directory: string, named: string | undefined): Promise<SourceFile> {
  const { surroundings, path } = await locate(directory, named ?? '.');
  const { root, workspace } = surroundings;
  const planPath = named === undefined ? ((await findGuards(workspace)).planFile?.path ?? null) : path;
  if (planPath === null) throw noPlan('name its file');
  const content = (await workspace.read([planPath])).get(planPath) ?? { unreadable: 'does not exist' };
  return { path: seenFrom(directory, root, planPath), content };
}

/** Where neither the command line nor the policy says which file the plan is. */
export function noPlan(wayOut: string): Error {
  return new Error(`no plan was found; ${wayOut}, or set "plan" in .github/scalegate.yml`);
}
