import type { MemoryEstimate } from '../estimate.ts';
import type { LineItem } from '../line-item.ts';
import type { DescribedRun } from '../described-run.ts';
import { activations, stageLayers } from './activations.ts';
import { buffers } from './buffers.ts';
import type { Circumstances } from './circumstances.ts';
import { fragmentation, framework } from './framework.ts';
import { gpuShare, type GpuShare } from './gpu-share.ts';
import { inferenceEngine } from './inference-engine.ts';
import { gradients } from './gradients.ts';
import { logitsAndLoss } from './logits-and-loss.ts';
import { modelCopies } from './model-copies.ts';
import { optimizerStates } from './optimizer-states.ts';
import { numerics } from './numerics.ts';
import { parameters } from './parameters.ts';
import { phases, type Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';
import { stateBytes } from './state-bytes.ts';
import { towerActivations } from './tower-activations.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';

/** A peak without its range. */
export type Peak = Pick<MemoryEstimate, 'allocatedBytes' | 'reservedBytes' | 'peakBytes' | 'items' | 'timeline'>;

/** What lives at one moment. */
type Moment = Omit<Peak, 'timeline'> & MemoryEstimate['timeline'][number];

/**
 * Peak memory of the fullest GPU: the largest of its phases on the pipeline stages that can be the fullest. The items are those
 * of that phase, and add up to the peak. One sum over all phases would read too high for full fine-tuning on small
 * batches and too low for adapters.
 */
export function peakMemory(
  run: DescribedRun,
  traits: TrainerTraits,
  assumed: Circumstances,
  shares: readonly GpuShare[] = gpuShares(run, traits),
): Peak {
  const bytes = stateBytes(run.training, run.parallelism, traits);
  const { model, parallelism } = run;
  const { optimizer, activationCheckpointing } = assumed;
  const training = { ...run.training, optimizer, activationCheckpointing };
  const engine = inferenceEngine(run.training.engineMemoryShare ?? 0, run.hardware.gpu);
  const peaks = shares.flatMap((gpu) => {
    const still = {
      model,
      training,
      parallelism,
      gpu,
      bytes,
      traits,
      circumstances: assumed,
      numerics: numerics(run, traits, bytes, assumed),
    };
    const moments = { ...still, layers: stageLayers(still) };
    return timelineOf(
      phases.map((phase) => peakOf({ ...moments, phase }, assumed, engine)),
      assumed,
    );
  });
  return peaks.reduce((fullest, peak) => (isFuller(peak, fullest) ? peak : fullest));
}

/** Where fragmentation fills what is left of the GPU in both, the one with more allocated. */
function isFuller(one: Peak, other: Peak): boolean {
  if (one.peakBytes !== other.peakBytes) return one.peakBytes > other.peakBytes;
  return one.allocatedBytes > other.allocatedBytes;
}

/** What the GPUs of the stages that can be the fullest hold, whatever the circumstances. */
export function gpuShares(run: DescribedRun, traits: TrainerTraits): readonly GpuShare[] {
  return stagesOf(run).map((stage) => gpuShare(run, traits, stage));
}

/** The moments of a step on one GPU, each with all of them. */
function timelineOf(peaks: readonly Moment[], assumed: Circumstances): readonly Peak[] {
  const moments = withFlatBlocks(peaks, assumed);
  const timeline = moments.map(({ moment, items }) => ({ moment, items }));
  return moments.map((peak) => ({ ...peak, timeline }));
}

/**
 * Temporaries of a step over one flat tensor are too large for any block that a pass has left, which stays in reserve beside
 * them.
 */
function withFlatBlocks(peaks: readonly Moment[], { flatOptimizer, capacityBytes }: Circumstances): readonly Moment[] {
  const step = peaks.at(-1);
  if (!flatOptimizer || step === undefined) return peaks;
  const passing = (peak: Moment): number => bytesOf(peak, ['activations', 'tower_activations', 'logits_and_loss']);
  const left = Math.max(...peaks.map(passing));
  const room = Math.max(0, capacityBytes - step.peakBytes);
  const added = Math.min(left, room);
  const items = step.items.map((item) => (item.id === 'fragmentation' ? { ...item, bytes: item.bytes + added } : item));
  return [
    ...peaks.slice(0, -1),
    { ...step, reservedBytes: step.reservedBytes + added, peakBytes: step.peakBytes + added, items },
  ];
}

function bytesOf({ items }: Moment, ids: readonly string[]): number {
  return total(items.filter(({ id }) => ids.includes(id)));
}

/** Stages in between keep no more than the first, unless they have more layers. */
function stagesOf({ model, parallelism }: DescribedRun): readonly Stage[] {
  if (parallelism.pipeline === 1) return ['only'];
  const isUneven = model.numLayers % parallelism.pipeline !== 0;
  return isUneven && parallelism.pipeline > 2 ? ['first', 'second', 'last'] : ['first', 'last'];
}

function peakOf(snapshot: Snapshot, assumed: Circumstances, engine: LineItem): Moment {
  const states = optimizerStates(snapshot);
  const lasting = [parameters(snapshot), gradients(snapshot), states, modelCopies(snapshot)];
  const forward = [activations(snapshot), towerActivations(snapshot), logitsAndLoss(snapshot)];
  const passing = [...forward, buffers(snapshot)];
  const outside = framework(assumed);
  const allocatedBytes = total([...lasting, ...passing]);
  const room = Math.max(0, assumed.capacityBytes - outside.bytes - engine.bytes - allocatedBytes);
  const slack = fragmentation(total(passing), Math.min(states.bytes, total(forward)), room, assumed);
  const reservedBytes = allocatedBytes + slack.bytes;
  return {
    moment: snapshot.phase,
    allocatedBytes,
    reservedBytes,
    peakBytes: reservedBytes + outside.bytes + engine.bytes,
    items: [...lasting, ...passing, slack, outside, engine].filter(({ bytes }) => bytes > 0),
  };
}

function total(items: readonly LineItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}
