import { scaleName } from '../jump.ts';
import type { EstimatedRun, Finding, RunPair } from '../rule.ts';

/** What scalegate asks people to approve, as it was shown to them. */
export interface ApprovalRequest {
  readonly code: string;
  /** The head at which it was first shown. */
  readonly commit: string;
  readonly scope: ApprovalScope;
  /** Logins of those who took part in the change while this was shown. */
  readonly contributors: readonly string[];
}

/**
 * What an approval covers: the findings that ask for one, with the figures shown, under the policy that held.
 * Two evaluations with the same scope, or a smaller one, may share an approval; anything above it may not.
 */
export interface ApprovalScope {
  /** Hash-like identity of plan and policy: an approval under another policy covers nothing. */
  readonly guards: string;
  readonly items: readonly ApprovalItem[];
}

/** One finding that waits for approval. */
export interface ApprovalItem {
  readonly rule: string;
  /** The config, or the file that a finding about the whole pull request points at. */
  readonly path: string | null;
  readonly scale: string | null;
  readonly parameters: number | null;
  readonly memoryBytes: number | null;
  readonly costUsd: number | null;
  readonly gpuHours: number | null;
  readonly tokens: number | null;
  readonly gpus: number | null;
}

/**
 * What an approval given now would cover. `guards` identifies the plan and the policy that the findings were judged by,
 * and the new text of each guard that the pull request changes: approving one change of the plan approves no other.
 */
export function approvalScope(findings: readonly Finding[], pairs: readonly RunPair[], guards: string): ApprovalScope {
  const heads = new Map(pairs.map((pair) => [pair.path, pair.head]));
  const waiting = findings.filter(({ level }) => level === 'approval');
  return {
    guards,
    items: waiting.map((finding) => itemOf(finding, finding.path === null ? null : (heads.get(finding.path) ?? null))),
  };
}

/** The config; of the pull request as a whole the file that the finding points at, and the line of a policy for files. */
export function itemPath({ path, place, heldBy }: Finding): string {
  return path ?? (heldBy === undefined ? place.path : `${place.path}:${place.line}`);
}

function itemOf(finding: Finding, head: EstimatedRun | null): ApprovalItem {
  const { rule, together } = finding;
  return {
    rule,
    path: itemPath(finding),
    scale: head?.scale == null ? null : scaleName(head.scale),
    parameters: head?.estimate.parameters?.total ?? null,
    memoryBytes: head?.estimate.memory?.peakBytes ?? null,
    costUsd: together?.costUsd ?? head?.estimate.cost?.usd ?? null,
    gpuHours: together?.gpuHours ?? head?.estimate.compute?.gpuHours ?? null,
    tokens: head?.run.training.tokens ?? null,
    gpus: head?.run.hardware.count ?? null,
  };
}

/**
 * Whether an approval of one scope is good for another: everything that waits now waited then, at the same scale and
 * with no figure larger, under the same guards. An unknown figure covers, and is covered by, an unknown one only.
 */
export function covers(approved: ApprovalScope, current: ApprovalScope): boolean {
  return whatIsNew(approved, current) === null;
}

/** Why an approval of one scope is not good for another, as a clause; null where it is. */
export function whatIsNew(approved: ApprovalScope, current: ApprovalScope): string | null {
  if (approved.guards !== current.guards) return 'the plan or the policy has changed since';
  for (const item of current.items) {
    const reasons = approved.items
      .filter(({ rule, path }) => rule === item.rule && path === item.path)
      .map((then) => whatHasGrown(then, item));
    if (reasons.includes(null)) continue;
    const subject = item.path === null ? item.rule : `${item.rule} of ${item.path}`;
    return reasons[0] === undefined ? `${subject} did not wait then` : `${subject} has changed in ${reasons[0] ?? ''}`;
  }
  return null;
}

const figures = [
  ['parameters', 'parameters'],
  ['memoryBytes', 'memory'],
  ['costUsd', 'cost'],
  ['gpuHours', 'GPU-hours'],
  ['tokens', 'tokens'],
  ['gpus', 'GPUs'],
] as const;

function whatHasGrown(then: ApprovalItem, now: ApprovalItem): string | null {
  if (then.scale !== now.scale) return 'scale';
  for (const [figure, name] of figures) {
    if (!isWithin(then[figure], now[figure])) return name;
  }
  return null;
}

function isWithin(then: number | null, now: number | null): boolean {
  return then === null || now === null ? then === now : now <= then;
}

/** The scope as canonical text, for hosts to hash: the same for the same scope, whatever the order of its items. */
export function fingerprintText({ guards, items }: ApprovalScope): string {
  const rows = items.map(({ rule, path, scale, parameters, memoryBytes, costUsd, gpuHours, tokens, gpus }) =>
    JSON.stringify([rule, path, scale, parameters, memoryBytes, costUsd, gpuHours, tokens, gpus]),
  );
  return JSON.stringify({ guards, items: rows.toSorted() });
}
