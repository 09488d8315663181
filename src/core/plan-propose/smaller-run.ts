import type { DescribedRun } from '../estimate/described-run.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Parallelism } from '../run/parallelism.ts';
import { countParameters } from '../run/parameters.ts';
import type { Training } from '../run/training.ts';

/**
 * The same training of a smaller model, on the same GPUs and at the same tokens a parameter: data in proportion to the
 * model is what a compute budget is best spent on (Hoffmann et al. 2022, arXiv 2203.15556).
 */
export function onSmallerModel(run: DescribedRun, model: ModelShape, tokensPerParameter: number | null): DescribedRun {
  const parameters = countParameters(model, run.training);
  const parallelism = splitOf(run, model);
  const tokens = tokensPerParameter === null ? null : tokensPerParameter * parameters.total;
  return { ...run, model, parameters, parallelism, training: trainingOf(run, parallelism, tokens) };
}

/** Tensor and pipeline parallelism divide heads and layers: of fewer they leave more replicas. */
function splitOf({ parallelism, hardware }: DescribedRun, model: ModelShape): Parallelism {
  const tensor = commonDivisor(parallelism.tensor, model.numAttentionHeads);
  const pipeline = commonDivisor(parallelism.pipeline, model.numLayers);
  if (tensor === parallelism.tensor && pipeline === parallelism.pipeline) return parallelism;
  const ways = tensor * pipeline * parallelism.context;
  return {
    ...parallelism,
    tensor,
    pipeline,
    virtualPipeline: pipeline === parallelism.pipeline ? parallelism.virtualPipeline : 1,
    data: hardware.count === null ? null : hardware.count / ways,
  };
}

/** The global batch stays where accumulation can keep it. */
function trainingOf({ training, parallelism }: DescribedRun, { data }: Parallelism, tokens: number | null): Training {
  const { microBatchSize, globalBatchSize, sequenceLength } = training;
  const isSplitAlike = data === parallelism.data || data === null || globalBatchSize === null;
  const accumulation = isSplitAlike
    ? training.gradientAccumulationSteps
    : Math.max(1, Math.round(globalBatchSize / (microBatchSize * data)));
  const batch = isSplitAlike ? globalBatchSize : microBatchSize * accumulation * data;
  return {
    ...training,
    gradientAccumulationSteps: accumulation,
    globalBatchSize: batch,
    tokens,
    steps: tokens === null || batch === null ? null : tokens / (batch * sequenceLength),
  };
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
