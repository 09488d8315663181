import type { DescribedRun } from '../described-run.ts';
import { isAccumulationStated } from '../memory/micro-batches.ts';

/** What a GPU works on in one optimizer step. */
export interface StepBatch {
  /** Tokens of one micro batch on one context rank. */
  readonly tokens: number;
  readonly microBatches: number;
}

/**
 * The batch as stated. One that nobody states is taken as large enough to keep a GPU busy, 8k tokens, a step of it as worth
 * its optimizer, 16k, and a pipeline as filled four times. A pipeline that would stay unfilled splits its micro batch
 * into sequences, as torchtitan does.
 */
export function stepBatch(run: DescribedRun): StepBatch {
  const { facts } = run;
  const { sequenceLength, microBatchSize, gradientAccumulationSteps } = run.training;
  const { pipeline, context } = run.parallelism;
  const ofSequence = sequenceLength / context;
  const stated = microBatchSize * ofSequence;
  if (!isAccumulationStated(facts)) {
    const tokens = facts['training.micro_batch_size'] === undefined ? Math.max(8192, stated) : stated;
    const filled = pipeline > 1 ? 4 * pipeline : 1;
    return { tokens, microBatches: Math.max(gradientAccumulationSteps, filled, Math.ceil(16_384 / tokens)) };
  }
  const isUnfilled = pipeline > 1 && gradientAccumulationSteps < pipeline;
  return isUnfilled
    ? { tokens: ofSequence, microBatches: microBatchSize * gradientAccumulationSteps }
    : { tokens: stated, microBatches: gradientAccumulationSteps };
}
