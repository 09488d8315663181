import { ownersOf, type Owners } from '../codeowners.ts';
import { approversPolicyFor } from '../for-files.ts';
import type { ApproverSlot, FilesPolicy, Policy } from '../policy.ts';
import type { Finding, RunPair } from '../rule.ts';
import { fileOf } from '../../recipe-path.ts';
import { itemPath } from './request.ts';

/** Those who have to approve a part of what waits. Each requirement has to: none speaks for another. */
export interface ApprovalRequirement {
  readonly slots: readonly ApproverSlot[];
  /** Globs of the policy for files that names them; null for the approvers of all the rest. */
  readonly files: readonly string[] | null;
  /** What waits for them, by the paths of its items. */
  readonly paths: readonly string[];
  /** Who owns that, by CODEOWNERS at the base; null where no slot asks for owners. */
  readonly owners: readonly Owners[] | null;
}

/**
 * Who has to approve what waits: the approvers for each config's file, those of both places for one that is moved, and
 * for what concerns the whole pull request those of the repository. `codeowners` is the file's text at the base.
 */
export function requirementsOf(
  policy: Pick<Policy, 'approvers' | 'forFiles'>,
  findings: readonly Finding[],
  pairs: readonly RunPair[],
  codeowners: string | null,
): readonly ApprovalRequirement[] {
  const groups = new Map<FilesPolicy | null, { waiting: Set<string>; owned: Set<string> }>();
  const add = (part: FilesPolicy | null, finding: Finding, owned: string): void => {
    const group = groups.get(part) ?? { waiting: new Set(), owned: new Set() };
    group.waiting.add(itemPath(finding));
    group.owned.add(fileOf(owned));
    groups.set(part, group);
  };
  for (const finding of findings.filter(({ level }) => level === 'approval')) {
    const { path, place, heldBy = null } = finding;
    if (path === null) {
      add(heldBy?.approvers == null ? null : heldBy, finding, place.path);
      continue;
    }
    const previousPath = pairs.find((pair) => pair.path === path)?.previousPath ?? path;
    for (const one of new Set([path, previousPath])) add(approversPolicyFor(policy, one), finding, one);
  }
  return [...groups].map(([part, { waiting, owned }]) => {
    const slots = part?.approvers ?? policy.approvers;
    const asksOwners = slots.some((slot) => slot.codeowners);
    return {
      slots,
      files: part?.files ?? null,
      paths: [...waiting],
      owners: asksOwners ? ownersOf(codeowners, [...owned]) : null,
    };
  });
}

/** Those who have to approve one item. Owners of a place that something was moved from are asked about every item. */
export function requirementsFor(
  requirements: readonly ApprovalRequirement[],
  path: string,
): readonly ApprovalRequirement[] {
  const waiting = new Set(requirements.flatMap(({ paths }) => paths));
  return requirements
    .filter(({ paths }) => paths.includes(path))
    .map(({ owners, ...requirement }) => ({
      ...requirement,
      paths: [path],
      owners: owners?.filter(({ paths }) => paths.includes(path) || paths.some((owned) => !waiting.has(owned))) ?? null,
    }));
}
