import type { EstimatedRun, RunPair } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';

/** Peak memory as a share of what a process can use of the limit: above one it does not fit. */
export function memoryShare({ estimate, limit }: EstimatedRun): number | null {
  return estimate.memory === null || limit === null ? null : estimate.memory.peakBytes / limit.usableBytes;
}

/** `77.9 of 79.2 GiB`: what a run takes of what a process can use; null where either is unknown. */
export function peakOfLimit({ estimate, limit }: EstimatedRun): string | null {
  if (estimate.memory === null || limit === null) return null;
  return `${formatGib(estimate.memory.peakBytes).replace(/ GiB$/, '')} of ${formatGib(limit.usableBytes)}`;
}

/** The run's scale by name, `beyond XL` above the largest one; null without a plan or without a parameter count. */
export function scaleName({ scale }: EstimatedRun): string | null {
  if (scale === null) return null;
  return scale.kind === 'scale' ? scale.scale.name : `beyond ${scale.largest.name}`;
}

/** What happened to a config, where it is not simply changed. */
export function describeChange({ base, head, problems }: RunPair): string | null {
  if (head === null) return problems.length > 0 ? 'could not be read' : 'deleted';
  return base === null ? 'new' : null;
}

/**
 * A figure before and after: `46.2 → 77.9 GiB`, once where nothing changes, `22.8 GiB → –` for a deleted config.
 * The printer gives null for what can't be known.
 */
export function beforeAfter(pair: RunPair, print: (run: EstimatedRun) => string | null): string {
  const { base, head, problems } = pair;
  const before = base === null ? null : (print(base) ?? 'unknown');
  const after = head === null ? (problems.length > 0 ? 'unknown' : '–') : (print(head) ?? 'unknown');
  return before === null || before === after ? after : arrow(before, after);
}

/** `46.2 GiB` and `77.9 GiB` as `46.2 → 77.9 GiB`, a unit that both have printed once. */
export function arrow(before: string, after: string): string {
  return joined(before, '→', after);
}

/** `43.0 GiB` and `49.4 GiB` as `43.0 to 49.4 GiB`. */
export function range(low: string, high: string): string {
  return joined(low, 'to', high);
}

function joined(before: string, between: string, after: string): string {
  const unit = / [^ ]+$/.exec(after)?.[0] ?? '';
  return `${unit !== '' && before.endsWith(unit) ? before.slice(0, -unit.length) : before} ${between} ${after}`;
}
