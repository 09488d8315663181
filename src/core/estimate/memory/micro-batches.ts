import type { DescribedRun } from '../described-run.ts';
import type { Stage } from './stage.ts';

/**
 * Micro batches of one optimizer step on one replica. A pipeline whose accumulation nobody states is taken as filled:
 * trainers split the batch for it by themselves, torchtitan into as many micro batches as there are stages.
 */
export function microBatchesPerStep({ training, parallelism, facts }: DescribedRun): number {
  const steps = training.gradientAccumulationSteps;
  return isAccumulationStated(facts) ? steps : Math.max(steps, parallelism.pipeline);
}

export function isAccumulationStated(facts: DescribedRun['facts']): boolean {
  return (
    facts['training.gradient_accumulation_steps'] !== undefined || facts['training.global_batch_size'] !== undefined
  );
}

/**
 * Micro batches whose activations a pipeline stage keeps at once. 1F1B keeps one for itself and one for each stage behind
 * it; interleaved schedules keep 2·(p − 1 − i) + (v − 1)·p + 1 chunks of 1/v stage (arXiv 2104.04473 §2.2; Megatron-LM,
 * pipeline schedules). GPipe keeps all (1811.06965 §2.3); zero-bubble schedules as many as the first stage on every one
 * (2401.10241 §2.3); DualPipe one more than that (2412.19437 §3.2.1).
 */
export function microBatchesInFlight(run: DescribedRun, stage: Stage): number {
  const { pipeline, virtualPipeline, pipelineSchedule } = run.parallelism;
  if (stage === 'only') return 1;
  const behind = { first: pipeline - 1, second: Math.max(0, pipeline - 2), last: 0 }[stage];
  const perStep = microBatchesPerStep(run);
  switch (pipelineSchedule) {
    case 'gpipe':
      return perStep;
    case 'zero-bubble':
      return Math.min(pipeline, perStep);
    case 'dualpipe':
      return Math.min(pipeline + 1, perStep);
    case '1f1b':
    case 'interleaved': {
      if (virtualPipeline === 1) return Math.min(behind + 1, perStep);
      const chunks = 2 * behind + (virtualPipeline - 1) * pipeline + 1;
      return Math.min(chunks, perStep * virtualPipeline) / virtualPipeline;
    }
  }
}
