import type { TrainingRun } from '../../run/training-run.ts';
import { gibibyte } from '../../units/bytes.ts';
import type { TrainerTraits } from '../trainer-traits.ts';

/** What no config states and memory still depends on: kernels, allocator, driver. */
export interface Circumstances {
  /** Bytes alive per logit at the loss. */
  readonly bytesPerLogit: number;
  /** Tokens whose logits exist at once; null for all of a micro batch. */
  readonly logitChunkTokens: number | null;
  readonly fusedKernels: boolean;
  readonly expandedKeyValues: boolean;
  /** Tokens that reach the busiest expert rank, over the average. */
  readonly expertImbalance: number;
  /** Share of the sequence length that the longest batch fills. */
  readonly fill: number;
  /** Memory that the allocator holds and cannot use, as a share of what comes and goes within a step. */
  readonly fragmentation: number;
  /** The same, as a share of the optimizer states that settled in blocks which activations had left. */
  readonly displacement: number;
  readonly contextBytes: number;
  readonly communicatorBytes: number;
}

/** The likely circumstances of a run, and those that give the low and the high end of the range. */
export type Outlook = 'low' | 'likely' | 'high';

/** Logits of this many tokens exist at once in chunked and fused-linear losses. */
const chunkTokens = 2048;

/** The range is as wide as the config leaves things open: a fact that it states, or that its trainer fixes, has no range. */
export function circumstances(run: TrainingRun, traits: TrainerTraits, outlook: Outlook): Circumstances {
  const isCompiled = run.training.compile;
  const pick = <Value>(low: Value, likely: Value, high: Value): Value => ({ low, likely, high })[outlook];
  const isDistributed = run.hardware.count !== 1;
  return {
    ...loss(run, traits, outlook),
    fusedKernels: isCompiled || traits.fusedKernels || outlook === 'low',
    expandedKeyValues: pick(
      traits.known && traits.expandsKeyValues,
      traits.expandsKeyValues,
      traits.expandsKeyValues || !traits.known,
    ),
    expertImbalance: pick(1, 1, 1.5),
    // A sequence length is a maximum where batches are padded; only packed ones fill it.
    fill: traits.variableLengths ? pick(0.5, 1, 1) : 1,
    fragmentation: traits.variableLengths ? pick(0.02, 0.1, 0.6) : pick(0.02, 0.06, 0.2),
    displacement: isGathering(run, traits) && !traits.expandableSegments ? pick(0, 0.5, 1) : 0,
    contextBytes: pick(0.5, 0.9, 1.4) * gibibyte,
    communicatorBytes: isDistributed ? pick(0.2, 0.8, 2) * gibibyte : 0,
  };
}

/** Whether weights are gathered for each layer, on a stream of their own: blocks of one stream do not serve another. */
function isGathering({ parallelism: { sharding, data, context } }: TrainingRun, { states }: TrainerTraits): boolean {
  const gathers = sharding === 'zero3' || sharding === 'hsdp' || (sharding === 'zero2' && states === 'fsdp');
  return gathers && (data ?? 1) * context > 1;
}

type Loss = Pick<Circumstances, 'bytesPerLogit' | 'logitChunkTokens'>;

/** Chunked losses hold a chunk in every type at once: bf16 logits, fp32 copy and both gradients. */
const chunked: Loss = { bytesPerLogit: 10, logitChunkTokens: chunkTokens };

function loss(run: TrainingRun, traits: TrainerTraits, outlook: Outlook): Loss {
  if (run.training.fusedLoss) return fusedLoss(traits, outlook);
  const isStated = run.facts['training.fused_loss'] !== undefined;
  // Newer versions compile the loss with the model, and many trainers fuse it unless told not to.
  if (outlook === 'low' && (run.training.compile || !isStated)) return whole(Math.min(4, traits.bytesPerLogit));
  if (outlook === 'high') return whole(traits.known ? 1.2 * traits.bytesPerLogit : 18);
  return whole(traits.bytesPerLogit);
}

function fusedLoss(traits: TrainerTraits, outlook: Outlook): Loss {
  const likely = traits.bytesPerFusedLogit === null ? chunked : whole(traits.bytesPerFusedLogit);
  const factor = { low: 0.5, likely: 1, high: 1.5 }[outlook];
  return { ...likely, bytesPerLogit: factor * likely.bytesPerLogit };
}

function whole(bytesPerLogit: number): Loss {
  return { bytesPerLogit, logitChunkTokens: null };
}
