import { readGuards } from '../core/guards.ts';
import { type SourceFile } from '../core/source-file.ts';
import { codeownersPaths } from '../core/policy/codeowners.ts';
import { allSlots } from '../core/policy/for-files.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Workspace } from './workspace.ts';

/** Where the policy is looked for; the first that exists is taken. */
export const policyPaths = ['.github/scalegate.yml', '.github/scalegate.yaml'] as const;

/** Where the plan is looked for when the policy names none; the first that exists is taken. */
export const planPaths = [
  'scaling-plan.md',
  'scaling-plan.yml',
  'scaling-plan.yaml',
  'docs/scaling-plan.md',
  'docs/scaling-plan.yml',
  'docs/scaling-plan.yaml',
  '.github/scaling-plan.md',
  '.github/scaling-plan.yml',
  '.github/scaling-plan.yaml',
  'model-scaling-estimates.md',
  'docs/model-scaling-estimates.md',
  'reference/model-scaling-estimates.md',
] as const;

/** The files that lay down what a pull request is held against. */
export interface GuardFiles {
  /** null for a repository without a policy: the defaults hold. */
  readonly policyFile: SourceFile | null;
  /** The files of the plan; none for a repository without one. */
  readonly planFiles: readonly SourceFile[];
  readonly policy: Policy;
  /** Text of CODEOWNERS; null where there is none that can be read. */
  readonly codeowners: string | null;
  /** The path at which the policy was asked for; null for the usual places. */
  readonly policyPath: string | null;
  /** Every path at which a policy or a plan is looked for, and CODEOWNERS where it decides who approves. */
  readonly places: readonly string[];
}

/**
 * Finds policy and plan in one read, or in two where the policy names files of the plan elsewhere. A file that was asked for by
 * name and is not there counts as unreadable; only the usual places may be empty.
 */
export async function findGuards(workspace: Workspace, policyPath: string | null = null): Promise<GuardFiles> {
  const usualPlaces = [...(policyPath === null ? policyPaths : [policyPath]), ...planPaths];
  const usual = await workspace.read([...usualPlaces, ...codeownersPaths]);
  const policyFile = policyPath === null ? firstOf(usual, policyPaths) : named(usual, policyPath);
  const { policy } = readGuards(policyFile);
  const owners = firstOf(usual, codeownersPaths)?.content;
  const codeowners = owners !== undefined && 'text' in owners ? owners.text : null;
  const asksOwners = allSlots(policy).some((slot) => slot.codeowners);
  const guarded = [...usualPlaces, ...(asksOwners ? codeownersPaths : [])];
  const found = { policyFile, policy, codeowners, policyPath };
  if (policy.planPaths.length === 0) {
    const planFile = firstOf(usual, planPaths);
    return { ...found, planFiles: planFile === null ? [] : [planFile], places: guarded };
  }
  const elsewhere = policy.planPaths.filter((path) => !usual.has(path));
  const files = elsewhere.length === 0 ? usual : new Map([...usual, ...(await workspace.read(elsewhere))]);
  const planFiles = policy.planPaths.map((path) => named(files, path));
  return { ...found, planFiles, places: [...guarded, ...policy.planPaths] };
}

type Files = Awaited<ReturnType<Workspace['read']>>;

function firstOf(files: Files, paths: readonly string[]): SourceFile | null {
  const path = paths.find((candidate) => files.has(candidate));
  return path === undefined ? null : named(files, path);
}

function named(files: Files, path: string): SourceFile {
  return { path, content: files.get(path) ?? { unreadable: 'does not exist' } };
}
