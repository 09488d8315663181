import type { ComputeEstimate } from '../estimate.ts';
import type { DescribedRun } from '../described-run.ts';
import type { Part } from '../part.ts';
import { formatShare } from '../../units/share.ts';
import { efficiency, peakFlopsPerSecond } from './efficiency.ts';
import { flopsPerToken } from './flops.ts';

/**
 * GPU-hours = tokens × FLOPs a token ÷ (peak × MFU × 3600 s) × billed over steady hours. Without tokens or the GPU's peak
 * the hours are null.
 */
export function computePart({ model, parameters, training, hardware }: DescribedRun): Part<ComputeEstimate> {
  const { tokens } = training;
  const { gpu } = hardware;
  const perToken = flopsPerToken(model, parameters, training);
  const { mfu, lowMfu, highMfu, source } = efficiency({ model, parameters, training, gpu });
  const peak = peakFlopsPerSecond(gpu, training.precision);
  const hours = (utilization: number, billed: number): number | null =>
    tokens === null || peak === null ? null : ((tokens * perToken) / (peak * utilization * 3600)) * billed;
  return {
    value: {
      tokens,
      flopsPerToken: perToken,
      mfu,
      mfuSource: source,
      tokensPerSecondPerGpu: peak === null ? null : (peak * mfu) / perToken,
      gpuHours: hours(mfu, billedOverSteady.likely),
      lowGpuHours: hours(highMfu, billedOverSteady.low),
      highGpuHours: hours(lowMfu, billedOverSteady.high),
    },
    assumptions: [
      { field: 'compute.mfu', value: formatShare(mfu), reason: source },
      {
        field: 'compute.gpu_hours',
        value: `${billedOverSteady.likely} × steady hours`,
        reason: 'restarts, checkpoints and evaluation, as published runs bill them; 1.0 to 1.4',
      },
    ],
    unknown: [
      ...(peak === null ? [{ field: 'compute.tokens_per_second_per_gpu', reason: whyNoPeak(gpu === null) }] : []),
      ...(tokens === null || peak === null
        ? [{ field: 'compute.gpu_hours', reason: whyNoHours(tokens, gpu === null) }]
        : []),
    ],
  };
}

/**
 * Hours billed over hours of steady training. Of 16 runs that publish both the median is 1.13; calm ones stay at 1.0,
 * first-of-a-kind ones reach 1.3 to 1.6 (BLOOM 1.11, Llama 3.1 405B 1.14, OPT-175B 1.64).
 */
const billedOverSteady = { low: 1, likely: 1.15, high: 1.4 };

function whyNoHours(tokens: number | null, isGpuUnknown: boolean): string {
  if (tokens === null) return 'nothing says how long it trains: state training.tokens, samples or steps';
  return whyNoPeak(isGpuUnknown);
}

function whyNoPeak(isGpuUnknown: boolean): string {
  return isGpuUnknown
    ? 'the GPU is unknown: state hardware.gpu'
    : 'the peak FLOP/s of the GPU are unknown for this precision: state a hardware.gpu of the catalog';
}
