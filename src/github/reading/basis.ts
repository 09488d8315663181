import { createHash } from 'node:crypto';
import { version } from '../../core/version.ts';
import { findGuards, type GuardFiles } from '../../workspace/guards.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** What pull requests into a branch are held against. */
export interface Base {
  readonly guards: GuardFiles;
  /** Short for all of it: a check with another basis is out of date, though nobody pushed to its pull request. */
  readonly basis: string;
}

/** Policy, plan and owners of a base branch, in one read as a rule, as this version of scalegate takes them. */
export async function readBase(base: Workspace, baseRef: string, policyPath: string | null = null): Promise<Base> {
  const guards = await findGuards(base, policyPath);
  const { codeowners, planFiles, policyFile } = guards;
  const all = JSON.stringify([version, baseRef, policyFile, planFiles, codeowners]);
  return { guards, basis: `${markOf(baseRef)}${digest(all).slice(markLength, 16)}` };
}

/** Whether a basis is that of a branch, whatever stands there now. */
export function isBasisOf(basis: string, baseRef: string): boolean {
  return basis.startsWith(markOf(baseRef));
}

/** The basis of a pull request that is held against the default branch as well, whose basis is null where it is the same. */
export function withDefault(own: string, ofDefault: string | null): string {
  return ofDefault === null ? own : `${own.slice(0, markLength)}${digest(own + ofDefault).slice(markLength, 16)}`;
}

const markLength = 4;

function markOf(baseRef: string): string {
  return digest(baseRef).slice(0, markLength);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
