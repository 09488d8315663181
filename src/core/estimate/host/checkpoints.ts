import type { DescribedRun } from '../described-run.ts';
import type { CheckpointEstimate } from '../estimate.ts';
import { keptStates } from './kept-states.ts';

/**
 * What one checkpoint takes on disk, and all of them where nothing says that old ones go: weights alone, as for inference,
 * and with the optimizer's states, as for going on. Of adapters only these are saved (PEFT docs, "Checkpoint format").
 * `recommendedShare` is the plan's, for runs that do not say how often they save.
 */
export function checkpoints(run: DescribedRun, recommendedShare: number | null): CheckpointEstimate {
  const { total, trainable } = run.parameters;
  const { weight, optimizer } = keptStates(run);
  const isFull = run.training.method === 'full';
  // Frozen parts of a model that is otherwise trained are saved with it, as they are stored
  const weightsBytes = isFull ? total * weight : trainable * weight;
  const stated = run.training.checkpointShare;
  const share = stated ?? recommendedShare;
  return {
    weightsBytes,
    bytes: weightsBytes + trainable * optimizer,
    count: share === null || share <= 0 ? null : Math.max(1, Math.round(1 / share)),
    isCountStated: stated !== null,
  };
}
