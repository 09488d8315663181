import { factOf } from '../../run/training-run.ts';
import { printPlace } from '../../problem.ts';
import { formatShare } from '../../units/share.ts';
import type { DescribedRun } from '../described-run.ts';
import type { ComputeEstimate, EstimateAssumption } from '../estimate.ts';
import type { Part } from '../part.ts';
import { flopsPerToken, hardwareFlopsPerToken } from './flops.ts';
import { peakFlopsPerSecond } from './kernel-speed.ts';
import { spreadOf } from './spread.ts';
import { stepTime } from './step-time.ts';

/**
 * GPU-hours = tokens ÷ tokens a second ÷ 3600 s, steady, and what evaluation, checkpoints and restarts add. Without the
 * tokens the hours are null, and those of a billion tokens are there; without the GPU's peak both are.
 */
export function computePart(run: DescribedRun): Part<ComputeEstimate> {
  const { model, parameters, training, hardware } = run;
  const { tokens } = training;
  const perToken = flopsPerToken(model, parameters, training);
  const peak = peakFlopsPerSecond(hardware.gpu, training.precision);
  const speed = speedOf(run, perToken, peak);
  const hoursOf = (rate: number | undefined, billed: number): number | null =>
    tokens === null || rate === undefined ? null : (tokens / rate / 3600) * billed;
  const steadyGpuHours = hoursOf(speed?.likely, 1);
  return {
    value: {
      tokens,
      flopsPerToken: perToken,
      hardwareFlopsPerToken: hardwareFlopsPerToken(model, parameters, training),
      mfu: speed === null || peak === null ? null : (speed.likely * perToken) / peak,
      mfuSource: speed?.source ?? 'unknown',
      tokensPerSecondPerGpu: speed?.likely ?? null,
      lowTokensPerSecondPerGpu: speed?.low ?? null,
      highTokensPerSecondPerGpu: speed?.high ?? null,
      gpuHours: hoursOf(speed?.likely, 1 + overhead.likely),
      lowGpuHours: hoursOf(speed?.high, 1 + overhead.low),
      highGpuHours: hoursOf(speed?.low, 1 + overhead.high),
      steadyGpuHours,
      overheadGpuHours: steadyGpuHours === null ? null : overhead.likely * steadyGpuHours,
      gpuHoursPerBillionTokens: speed === null ? null : (1e9 / speed.likely / 3600) * (1 + overhead.likely),
    },
    assumptions: [
      ...(speed === null || peak === null ? [] : [utilization(speed, (speed.likely * perToken) / peak)]),
      {
        field: 'compute.gpu_hours',
        value: `${1 + overhead.likely} × steady hours`,
        reason: 'evaluation, checkpoints and restarts, as published runs bill them; 1.0 to 1.4',
      },
    ],
    unknown: [
      ...(speed === null
        ? [{ field: 'compute.tokens_per_second_per_gpu', reason: whyNoSpeed(hardware.gpu === null) }]
        : []),
      ...(steadyGpuHours === null
        ? [{ field: 'compute.gpu_hours', reason: whyNoHours(tokens, hardware.gpu === null) }]
        : []),
    ],
  };
}

/**
 * What evaluation, checkpoints and restarts add to the hours of steady training. Of 16 published runs that tell both, half
 * add less than 0.13, calm ones nothing, first-of-a-kind ones 0.3 to 0.6 (BLOOM 0.11, Llama 3.1 405B 0.14, OPT-175B 0.64).
 */
const overhead = { low: 0, likely: 0.1, high: 0.4 };

/** Tokens a second and GPU. */
interface Speed {
  readonly likely: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/** From the team's own measured utilization where policy or plan has one, else from the time of a step. */
function speedOf(run: DescribedRun, perToken: number, peak: number | null): Speed | null {
  const { measuredMfu } = run.training;
  if (measuredMfu !== undefined && peak !== null) {
    const likely = (measuredMfu * peak) / perToken;
    return { likely, low: likely / 1.1, high: likely * 1.1, source: `measured, as ${whoSaysMfu(run)} says; ± 10%` };
  }
  const step = stepTime(run);
  if (step === null) return null;
  const likely = step.tokensPerGpu / step.seconds;
  const { slower, faster, reasons } = spreadOf(run, step);
  const range = `between ÷ ${slower.toFixed(2)} and × ${faster.toFixed(2)}`;
  const source = ['time of a step summed over kernels, exchange and bubble', range, ...reasons].join('; ');
  return { likely, low: likely / slower, high: likely * faster, source };
}

function whoSaysMfu(run: DescribedRun): string {
  const fact = factOf(run, 'training.mfu');
  return fact === null
    ? 'the policy'
    : `the ${fact.authority}${fact.place === null ? '' : `, ${printPlace(fact.place)}`}`;
}

function utilization({ source }: Speed, mfu: number): EstimateAssumption {
  return { field: 'compute.mfu', value: formatShare(mfu), reason: source };
}

function whyNoHours(tokens: number | null, isGpuUnknown: boolean): string {
  if (tokens === null) return 'nothing says how long it trains: state training.tokens, samples or steps';
  return whyNoSpeed(isGpuUnknown);
}

function whyNoSpeed(isGpuUnknown: boolean): string {
  return isGpuUnknown
    ? 'the GPU is unknown: state hardware.gpu'
    : 'peak FLOP/s or bandwidth of the GPU are unknown for this precision: state a hardware.gpu of the catalog';
}
