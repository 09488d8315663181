import { layerAtWorkBytes } from './activations.ts';
import { hasFlatGradients, stepsInBackward } from './gradients.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * `reduce_bucket_size` is 5e8 elements by default, in the type of the gradients, and two of them where reducing overlaps
 * (DeepSpeed docs, ZeRO), as large whatever is trained. Stage 3 holds it throughout; stages 1 and 2 allocate it at the first
 * gradient, and stage 1 keeps it until gradients are reduced, after the last micro batch (stage_1_and_2.py,
 * `backward_prologue`).
 */
export function reduceBucket(snapshot: Snapshot): number {
  const { model, training, bytes, phase, parallelism, traits } = snapshot;
  const { sharding } = parallelism;
  const isKept = sharding === 'zero1' && training.gradientAccumulationSteps > 1 && phase !== 'optimizer-step';
  const isThere = sharding === 'zero3' || isKept || phase === 'backward' || phase === 'end-of-backward';
  if (!isThere || stepsInBackward(training) || hasFlatGradients(snapshot)) return 0;
  // `auto`, as most configs have it, is the square of the hidden size (transformers, HfTrainerDeepSpeedConfig).
  const usual = traits.states === 'accelerate' ? model.hiddenSize ** 2 : 5e8;
  const { reduceBucketSize = usual, overlapComm = false } = parallelism;
  const buckets = overlapComm && sharding !== 'zero3' ? 2 : 1;
  return buckets * reduceBucketSize * bytes.gradient;
}

/** Stages 1 and 2 copy each gradient into a buffer as large as the largest (stage_1_and_2.py, `temp_grad_buffer_for_gpu_offload`). */
export function offloadedGradient(snapshot: Snapshot): number {
  return offloadsFromGpu(snapshot) ? snapshot.bytes.gradient * largestTrained(snapshot) : 0;
}

/**
 * Stages 1 and 2 take the norm of each gradient in fp64, of a copy (aten, ReduceOpsUtils.h, `make_reduction`): before it goes to
 * the host, when the layer's activations are gone, or of what a rank steps; there its gradients are joined and cast to fp32
 * afterwards (stage_1_and_2.py, `set_norm_for_param_grad_in_gpu`, `scaled_global_norm`, `step`).
 */
export function steppedGradients(snapshot: Snapshot): number {
  const { gpu, phase, training, bytes } = snapshot;
  const trained = gpu.trainedDense + gpu.trainedExperts;
  // The copy that ranks reduce, as short as the weights, beside the fp32 ones (bf16_optimizer.py).
  if (hasFlatGradients(snapshot)) return isReduced(phase) || training.gradientAccumulationSteps > 1 ? 2 * trained : 0;
  if (!isOfStages1And2(snapshot) || stepsInBackward(training) || bytes.master === 0) return 0;
  const stepped = trained / gpu.denseRanks.optimizer;
  const norm = 8 * Math.min(stepped, largestTrained(snapshot));
  if (offloadsFromGpu(snapshot)) {
    return phase === 'end-of-backward' ? Math.max(0, norm - layerAtWorkBytes(snapshot)) : 0;
  }
  return phase === 'optimizer-step' ? 2 * stepped + Math.max(norm, 6 * stepped) : 0;
}

function isReduced(phase: Snapshot['phase']): boolean {
  return phase === 'end-of-backward' || phase === 'optimizer-step';
}

function isOfStages1And2({ traits, parallelism }: Snapshot): boolean {
  return traits.engine === 'deepspeed' && ['zero1', 'zero2'].includes(parallelism.sharding);
}

function offloadsFromGpu(snapshot: Snapshot): boolean {
  return isOfStages1And2(snapshot) && snapshot.parallelism.cpuOffload === 'optimizer';
}

/** Elements of the largest trained tensor: the embedding or a matrix of the MLP, or an adapter. */
function largestTrained({ gpu, model, training, parallelism }: Snapshot): number {
  const matrix = (model.hiddenSize * Math.max(model.intermediateSize, model.vocabSize)) / parallelism.tensor;
  return training.method === 'full' ? matrix : Math.min(matrix, gpu.trainedDense / gpu.layers);
}

/**
 * Elements of gathered weights that DeepSpeed keeps around the loss, 1e9 of each by default: none that is used again within
 * `stage3_max_reuse_distance`, there and back again, is given back, nor one whose next use the prefetch has passed, up to
 * `stage3_max_live_parameters` (partitioned_param_coordinator.py, `__params_to_release`, `_fetch_sub_module_impl`).
 */
function keptElements({ parallelism }: Snapshot): number {
  const { maxReuseDistance = 1e9, maxLiveParameters = 1e9 } = parallelism;
  return Math.min(maxLiveParameters, maxReuseDistance);
}

/** Around the loss as much as may live, since what is used again soon is not given back (partitioned_param_coordinator.py). */
export function gatheredByDeepSpeed(snapshot: Snapshot, ahead: number): number {
  const { gpu, training, phase, numerics } = snapshot;
  const x = numerics.compute;
  const all = x * (gpu.denseParameters + gpu.expertParameters);
  // Autograd keeps experts of one tensor as they were gathered: its linear alone does not (zero/linear.py).
  const isSaved = training.activationCheckpointing !== 'full' && phase !== 'end-of-backward';
  const saved = isSaved ? x * gpu.expertParameters : 0;
  const kept = saved + x * keptElements(snapshot);
  const isAtWork = phase === 'backward' || phase === 'end-of-backward';
  return Math.min(
    all,
    Math.max(
      x * gpu.headParameters + (isAtWork ? ahead : 0),
      phase === 'end-of-backward' && training.method !== 'full' ? 0 : kept,
    ),
  );
}
