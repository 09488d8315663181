import { startOf } from '../problem.ts';
import { formatCount } from '../units/count.ts';
import { formatGpuHours } from '../units/duration.ts';
import { formatFlops, formatFlopsPerSecond } from '../units/flops.ts';
import { formatShare } from '../units/share.ts';
import type { Scale } from '../plan/plan.ts';
import { sequenceLengthOf, shareOfPeak, type ShareOfPeak } from '../plan/share-of-peak.ts';
import type { Correction, PlanCheck, PlanRemark } from './remark.ts';

/** What the best published runs sustain is near 0.6: MegaScale 55% (arXiv 2402.15627), PaLM 46% (arXiv 2204.02311). */
const bestPublishedShare = 0.6;
/** What large runs usually sustain, and hours are planned with: Llama 3 405B 38 to 43% (arXiv 2407.21783, table 4). */
const usualShare = 0.4;
/** Above this only runs that were tuned for it get. */
const goodShare = 0.5;

/** Each row's GPU-hours must hold its work: more than the card's peak is impossible, more than 60% implausible. */
export const checkCompute: PlanCheck = (plan, gpu) => {
  // A stage of an adapter or of generation does other work than 6 FLOPs a parameter and token
  const rows = plan.scales.filter(({ tokens, samples, gpuHours }) => (tokens ?? samples) !== null && gpuHours !== null);
  const needsLength = rows.some(({ tokens }) => tokens === null);
  const missing =
    gpu?.peakFlopsPerSecond == null
      ? 'a GPU whose peak is known'
      : needsLength && sequenceLengthOf(plan) === null
        ? 'a sequence length'
        : null;
  if (missing !== null && rows.length > 0) {
    const message = `The GPU-hours cannot be held against the work: the plan does not name ${missing}.`;
    return [{ rule: 'share-of-peak', level: 'notice', place: startOf(plan.path), message, arithmetic: [] }];
  }
  return rows.flatMap((scale) => {
    const work = shareOfPeak(plan, scale, gpu);
    return work === null || work.share <= goodShare ? [] : [remarkOn(scale, work, gpu?.name ?? '')];
  });
};

function remarkOn(scale: Scale, work: ShareOfPeak, gpuName: string): PlanRemark {
  const { share, gpuHours, ofSamples } = work;
  const premise =
    ofSamples === null ? '' : `, if each of its samples is a full sequence of ${ofSamples.sequenceLength} tokens`;
  const needs = `${scale.name} needs ${formatShare(share)} of the peak of the ${gpuName}${premise}`;
  const corrections = share > bestPublishedShare ? [correctionsOf(scale, work)] : [];
  const remark = { rule: 'share-of-peak', place: gpuHours.place, arithmetic: arithmeticOf(work), corrections };
  if (share > 1) {
    return { ...remark, level: 'error', message: `${needs}: ${gpuHours.text} GPU-hours are impossible.` };
  }
  if (share > bestPublishedShare) {
    return { ...remark, level: 'warning', message: `${needs}: more than any published run sustains, about 60%.` };
  }
  return { ...remark, level: 'notice', message: `${needs}: as much as the best published runs sustain, 50 to 60%.` };
}

/** The hours that the work takes at a usual share of the peak, and what they cost at the row's own price. */
function correctionsOf({ name, cost }: Scale, { gpuHours, share }: ShareOfPeak): Correction[] {
  const times = share / usualShare;
  const hours = {
    figure: gpuHours,
    value: gpuHours.value * times,
    reason: `GPU-hours of ${name} at ${formatShare(usualShare)} of the peak`,
  };
  const reason = `cost of ${name} at its own price of a GPU-hour`;
  return cost === null ? [hours] : [hours, { figure: cost, value: cost.value * times, reason }];
}

function arithmeticOf(work: ShareOfPeak): string[] {
  const { parameters, ofSamples, gpuHours, tokens, flops, peakFlopsPerSecond, availableFlops, share } = work;
  const hoursAtBest = (gpuHours.value * share) / bestPublishedShare;
  return [
    ...(ofSamples === null
      ? []
      : [`tokens: ${ofSamples.samples.text} samples × ${ofSamples.sequenceLength} = ${formatCount(tokens)}`]),
    `work: 6 × ${parameters.text} parameters × ${formatCount(tokens)} tokens = ${formatFlops(flops)}`,
    `at peak: ${gpuHours.text} GPU-hours × 3600 s × ${formatFlopsPerSecond(peakFlopsPerSecond)} = ${formatFlops(availableFlops)}`,
    `share of peak: ${formatFlops(flops)} / ${formatFlops(availableFlops)} = ${formatShare(share)}`,
    `at ${formatShare(bestPublishedShare)} of peak the row takes ${formatGpuHours(hoursAtBest)}`,
  ];
}
