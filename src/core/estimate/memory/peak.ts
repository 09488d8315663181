import type { MemoryEstimate } from '../estimate.ts';
import type { LineItem } from '../line-item.ts';
import type { DescribedRun } from '../described-run.ts';
import { activations } from './activations.ts';
import { buffers } from './buffers.ts';
import type { Circumstances } from './circumstances.ts';
import { fragmentation, framework } from './framework.ts';
import { gpuShare } from './gpu-share.ts';
import { inferenceEngine } from './inference-engine.ts';
import { gradients } from './gradients.ts';
import { logitsAndLoss } from './logits-and-loss.ts';
import { modelCopies } from './model-copies.ts';
import { optimizerStates } from './optimizer-states.ts';
import { parameters } from './parameters.ts';
import { phases, type Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';
import { stateBytes } from './state-bytes.ts';
import { towerActivations } from './tower-activations.ts';
import type { TrainerTraits } from '../trainer-traits.ts';

/** A peak without its range. */
export type Peak = Pick<MemoryEstimate, 'allocatedBytes' | 'reservedBytes' | 'peakBytes' | 'items'>;

/**
 * Peak memory of the fullest GPU: the largest of its phases on the pipeline stages that can be the fullest. The items are those
 * of that phase, and add up to the peak. One sum over all phases would read too high for full fine-tuning on small
 * batches and too low for adapters.
 */
export function peakMemory(run: DescribedRun, traits: TrainerTraits, assumed: Circumstances): Peak {
  const peaks = stagesOf(run).flatMap((stage) => {
    const snapshot: Omit<Snapshot, 'phase'> = {
      model: run.model,
      training: {
        ...run.training,
        optimizer: assumed.optimizer,
        activationCheckpointing: assumed.activationCheckpointing,
      },
      parallelism: run.parallelism,
      gpu: gpuShare(run, traits, stage),
      bytes: stateBytes(run.training, run.parallelism, traits),
      traits,
      circumstances: assumed,
    };
    const engine = inferenceEngine(run.training.engineMemoryShare ?? 0, run.hardware.gpu);
    return phases.map((phase) => peakOf({ ...snapshot, phase }, assumed, engine));
  });
  return peaks.reduce((fullest, peak) => (peak.peakBytes > fullest.peakBytes ? peak : fullest));
}

/** Stages in between keep no more than the first, unless they have more layers. */
function stagesOf({ model, parallelism }: DescribedRun): readonly Stage[] {
  if (parallelism.pipeline === 1) return ['only'];
  const isUneven = model.numLayers % parallelism.pipeline !== 0;
  return isUneven && parallelism.pipeline > 2 ? ['first', 'second', 'last'] : ['first', 'last'];
}

function peakOf(snapshot: Snapshot, assumed: Circumstances, engine: LineItem): Peak {
  const states = optimizerStates(snapshot);
  const lasting = [parameters(snapshot), gradients(snapshot), states, modelCopies(snapshot)];
  const forward = [activations(snapshot), towerActivations(snapshot), logitsAndLoss(snapshot)];
  const passing = [...forward, buffers(snapshot)];
  const slack = fragmentation(total(passing), Math.min(states.bytes, total(forward)), assumed);
  const outside = framework(assumed);
  const allocatedBytes = total([...lasting, ...passing]);
  const reservedBytes = allocatedBytes + slack.bytes;
  return {
    allocatedBytes,
    reservedBytes,
    peakBytes: reservedBytes + outside.bytes + engine.bytes,
    items: [...lasting, ...passing, slack, outside, engine].filter(({ bytes }) => bytes > 0),
  };
}

function total(items: readonly LineItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}
