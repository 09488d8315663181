import type { Figure, PlanRow } from '../../../plan/plan.ts';
import { formatGib } from '../../../units/bytes.ts';
import { causeOf } from '../../cause.ts';
import type { Complaint, EstimatedRun, RunPair } from '../../rule.ts';
import { describeComparison, isAbove, isClose, timesOff } from './comparison.ts';

/**
 * Parts of the estimate that "model memory" and "activation memory" of a plan mean. Whether a plan counts gradients and
 * optimizer states as the model's is its own affair (its lint asks): weights alone are it under every reading.
 */
const partsOf = {
  model: ['parameters'],
  activations: ['activations', 'tower_activations', 'logits_and_loss'],
} as const;

/**
 * Model and activation memory beside what the row plans of them. A notice, and only of what is above: their sum is what
 * has to fit, and less of a part than planned is how the plan's sum is met.
 */
export function memoryParts(pair: RunPair, row: PlanRow, tolerance: number): readonly Complaint[] {
  const over = [
    compared('model memory', bytesOf(pair.head, partsOf.model), row.modelMemoryBytes),
    compared('activation memory', bytesOf(pair.head, partsOf.activations), row.activationMemoryBytes),
  ]
    .flat()
    .filter((part) => isAbove(part) && !isClose(part, tolerance));
  if (over.length === 0) return [];
  return [
    {
      cause: 'memory by part',
      badness: over.reduce((product, part) => product * timesOff(part), 1),
      place: causeOf(pair, 'memoryBytes'),
      level: 'notice',
      message: `The run is above the plan's ${row.name}: ${over.map(describeComparison).join('; ')}.`,
      action: 'Nothing waits for it: memory per GPU as a whole is what has to fit.',
    },
  ];
}

function compared(name: string, ours: number | null, theirs: Figure | null) {
  if (ours === null || theirs === null || theirs.value <= 0) return [];
  return [{ name, ours, theirs, format: formatGib, figure: 'memoryBytes', isCap: false } as const];
}

/** null where memory can't be known. */
function bytesOf(head: EstimatedRun | null, ids: readonly string[]): number | null {
  const items = head?.estimate.memory?.items.filter(({ id }) => ids.includes(id));
  return items?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null;
}
