import { createHash } from 'node:crypto';
import { codeownersPaths } from '../core/policy/codeowners.ts';
import { version } from '../core/version.ts';
import { findGuards, type GuardFiles } from '../workspace/guards.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What pull requests into a branch are held against. */
export interface Base {
  readonly guards: GuardFiles;
  /** Short for all of it: a check with another basis is out of date, though nobody pushed to its pull request. */
  readonly basis: string;
}

/** Policy, plan and owners of a base branch, in one read as a rule, as this version of scalegate takes them. */
export async function readBase(base: Workspace, baseRef: string, policyPath: string | null = null): Promise<Base> {
  const [guards, owners] = await Promise.all([findGuards(base, policyPath), base.read(codeownersPaths)]);
  const { planFile, policyFile } = guards;
  const all = JSON.stringify([version, baseRef, policyFile, planFile, [...owners]]);
  return { guards, basis: createHash('sha256').update(all).digest('hex').slice(0, 16) };
}
