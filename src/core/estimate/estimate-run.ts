import type { Estimate } from './estimate.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { memoryPart } from './memory/memory.ts';
import { checkpoints } from './host/checkpoints.ts';
import { hostMemory } from './host/host-memory.ts';
import { costPart, gpuPrice, type Prices } from './time/cost.ts';
import { computePart } from './time/gpu-hours.ts';
import { inferencePart } from './time/inference.ts';

export type { GpuPrice, Prices } from './time/cost.ts';

/**
 * Parameters, memory per GPU, GPU-hours, cost and inference cost of one run. What can't be known is null and named under
 * `unknown`; `assumptions` are the estimate's own, besides those of the run.
 */
export function estimateRun(
  run: TrainingRun,
  prices: Prices,
  /** Of the training between two checkpoints, where the run does not say it. */
  recommendedCheckpointShare: number | null = null,
): Estimate {
  const { model, parameters } = run;
  if (model === null || parameters === null) return withoutModel(run);
  if (run.training.method === 'unknown') return withoutMethod(run);
  const described = { ...run, model, parameters };
  const price = gpuPrice(run, prices);
  const memory = memoryPart(described);
  const compute = computePart(described);
  const cost = costPart(compute.value?.gpuHours ?? null, price, run.hardware.gpu?.name);
  const inference = inferencePart(described, price, prices);
  const parts = [memory, compute, cost, inference];
  return {
    parameters,
    memory: memory.value,
    compute: compute.value,
    cost: cost.value,
    inference: inference.value,
    host: hostMemory(described),
    checkpoint: checkpoints(described, recommendedCheckpointShare),
    assumptions: parts.flatMap((part) => part.assumptions),
    unknown: parts.flatMap((part) => part.unknown),
  };
}

function withoutModel(run: TrainingRun): Estimate {
  return unknownEstimate(
    run,
    'the dimensions of the model are unknown: state them, or a model.id that the catalog knows',
  );
}

function withoutMethod(run: TrainingRun): Estimate {
  const why = run.facts['training.method']?.reason ?? 'what the config says of the method is not understood';
  const estimate = unknownEstimate(run, `which weights are trained is unknown (${why}); state training.method`);
  return { ...estimate, parameters: run.parameters === null ? null : { ...run.parameters, trainable: null } };
}

function unknownEstimate({ parameters }: TrainingRun, reason: string): Estimate {
  const unknown = ['memory', 'compute', 'cost', 'inference'].map((field) => ({ field, reason }));
  return { parameters, memory: null, compute: null, cost: null, inference: null, assumptions: [], unknown };
}
