import type { Training } from '../../run/training.ts';
import type { LineItem } from '../line-item.ts';
import type { Snapshot } from './snapshot.ts';
import { adapterBytes } from './parameters.ts';

/**
 * Gradients of the trained parameters. They are all there from the end of the backward pass on; before, only where
 * they add up over micro batches or live in buffers of their own, as Megatron's fp32 main gradients do.
 */
export function gradients(snapshot: Snapshot): LineItem {
  const { gpu, training, parallelism, bytes } = snapshot;
  const perParameter = training.method === 'full' ? bytes.gradient : adapterBytes(snapshot);
  const whole = wholeGradients(snapshot);
  if (whole !== null) return whole;
  const share = parallelism.cpuOffload === 'parameters' ? 0 : shareThatExists(snapshot);
  const dense = (gpu.trainedDense * perParameter) / gpu.denseRanks.gradients;
  const experts = (gpu.trainedExperts * perParameter) / gpu.expertRanks.gradients;
  const isPartial = share < 1;
  return {
    id: 'gradients',
    label: 'Gradients',
    bytes: share * (dense + experts),
    formula: `${isPartial ? 'x·' : ''}g·${experts === 0 ? 'P/N' : '(P/N + Pₑ/Nₑ)'}`,
    quantities: [
      ...(isPartial ? ([['x', share]] as const) : []),
      ['g', perParameter],
      ['P', gpu.trainedDense],
      ['N', gpu.denseRanks.gradients],
      ...(experts === 0
        ? []
        : ([
            ['Pₑ', gpu.trainedExperts],
            ['Nₑ', gpu.expertRanks.gradients],
          ] as const)),
    ],
    source: bytes.source,
  };
}

/**
 * While FSDP accumulates without reducing, every rank holds the gradients of all that it trains, in the type of the
 * reduction (FSDPParam, `unsharded_accumulated_grad`); where frozen and trained weights share a flat parameter, of all
 * there is (FSDP1, `_wrap_utils.py`: "total_param_numel instead of nonfrozen_param_numel"). The last micro batch divides
 * them layer by layer.
 */
function wholeGradients({
  gpu,
  circumstances,
  parallelism,
  traits,
  numerics,
  phase,
  bytes,
  training,
}: Snapshot): LineItem | null {
  const isWhole = circumstances.wholeGradients && phase !== 'end-of-backward' && phase !== 'optimizer-step';
  if (!isWhole) return null;
  const reduced = parallelism.reducePrecision ?? traits.reducePrecision;
  const perParameter = reduced === 'fp32' ? 4 : reduced === 'bf16' ? 2 : numerics.compute;
  const isFlat = training.method !== 'full' && traits.flattensFrozen;
  const trained = isFlat ? gpu.denseParameters + gpu.expertParameters : gpu.trainedDense + gpu.trainedExperts;
  return {
    id: 'gradients',
    label: 'Gradients',
    bytes: perParameter * trained,
    formula: 'g·P',
    quantities: [
      ['g', perParameter],
      ['P', trained],
    ],
    source: 'PyTorch docs, FullyShardedDataParallel.no_sync: full gradients accumulate; ' + bytes.source,
  };
}

/** Whether the optimizer works on each gradient as soon as it is there, as LOMO always does (arXiv 2306.09782 §3.2). */
export function stepsInBackward({ optimizer, optimizerInBackward }: Training): boolean {
  return optimizerInBackward || optimizer === 'lomo';
}

/** DeepSpeed moves gradients to the CPU as they appear, with the optimizer (ZeRO-Offload, arXiv 2101.06840 §4.1). */
function offloadsGradients({ states, engine }: Snapshot['traits']): boolean {
  return engine === 'deepspeed' || (states === 'accelerate' && engine === null);
}

/**
 * DeepSpeed's bf16 optimizer, which it takes for stage 1 where gradients add up in fp32, keeps them whole in flat buffers
 * (DeepSpeedEngine, `_configure_zero_optimizer`; bf16_optimizer.py, `fp32_groups_gradients_flat`).
 */
export function hasFlatGradients({ traits, parallelism, bytes, training }: Snapshot): boolean {
  return (
    traits.engine === 'deepspeed' &&
    parallelism.sharding === 'zero1' &&
    training.precision.startsWith('bf16') &&
    bytes.gradient === 4
  );
}

/** Stage 3 has a buffer for the gradients of a rank (stage3.py, `__param_id_to_grad_partition`). */
function hasGradientBuffer({ traits, parallelism }: Snapshot): boolean {
  return traits.engine === 'deepspeed' && parallelism.sharding === 'zero3' && parallelism.cpuOffload === 'none';
}

/** Share of the gradients that exists in a phase (PyTorch docs, `zero_grad(set_to_none=True)`, the default). */
function shareThatExists(snapshot: Snapshot): number {
  const { phase, gpu, training, parallelism, traits } = snapshot;
  const isKept = hasFlatGradients(snapshot) || hasGradientBuffer(snapshot);
  if (isKept && !stepsInBackward(training)) return 1;
  const total = gpu.denseParameters + gpu.expertParameters;
  const largest = Math.min(1, Math.max(gpu.headParameters, gpu.layerParameters) / total);
  // Stage 1 adds them up on the GPU and moves them at the boundary alone (DeepSpeedEngine, `allreduce_gradients`), after the
  // backward pass unless it overlaps (stage_1_and_2.py, `reduce_gradients`).
  const waits =
    parallelism.sharding === 'zero1' && (training.gradientAccumulationSteps > 1 || parallelism.overlapComm !== true);
  const isOffloaded = parallelism.cpuOffload !== 'none' && offloadsGradients(traits) && !waits;
  if (stepsInBackward(training) || isOffloaded) {
    return phase === 'backward' || phase === 'end-of-backward' ? largest : 0;
  }
  const lasts = training.gradientAccumulationSteps > 1 || parallelism.pipeline > 1 || traits.states === 'megatron';
  if (waits && parallelism.cpuOffload !== 'none' && phase === 'optimizer-step') return 0;
  // They are gone as soon as a rank has cast its own (stage_1_and_2.py, `step`).
  if (traits.engine === 'deepspeed' && training.precision !== 'fp32' && phase === 'optimizer-step') return 0;
  if (lasts || phase === 'end-of-backward' || phase === 'optimizer-step' || training.method !== 'full') return 1;
  if (phase === 'loss' || phase === 'forward') return 0;
  return Math.min(1, (gpu.headParameters + gpu.layerParameters) / total);
}
