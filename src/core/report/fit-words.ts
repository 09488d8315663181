import type { Fit, FitAnswer } from '../fit/fit.ts';
import type { LineChange } from '../document/line-changes.ts';
import { formatGib } from '../units/bytes.ts';
import { formatGpuHours } from '../units/duration.ts';
import { range } from './figures.ts';
import { counted } from './counted.ts';

/** How an output writes keys, values and lines of configs, which are somebody else's text. */
type Code = (text: string) => string;

/** The keys that a fit changes: `training.micro_batch_size 32 → 8, …`. */
export function fitChanges({ changes }: Fit, code: Code): string {
  return changes.map(({ key, from, to }) => `${code(key)} ${code(`${from} → ${to}`)}`).join(', ');
}

/** What a fit takes: memory with its range, GPU-hours against the run as it stands. */
export function fitFigures(fit: Fit): string {
  const { memory, compute } = fit.estimated.estimate;
  const parts = [
    ...(memory === null
      ? []
      : [`${formatGib(memory.peakBytes)} (${range(formatGib(memory.lowBytes), formatGib(memory.highBytes))})`]),
    ...(compute?.gpuHours == null ? [] : [formatGpuHours(compute.gpuHours)]),
    ...(fit.hoursRatio === null ? [] : [hoursAgainst(fit.hoursRatio)]),
    ...(fit.difference === null ? [] : [`another training: ${fit.difference}`]),
    ...(fit.isComfortable ? [] : ['the high end of the range does not fit']),
    ...(fit.uncounted.length === 0 ? [] : [`not counted: ${fit.uncounted.join(', ')}`]),
  ];
  return parts.join('; ');
}

function hoursAgainst(ratio: number): string {
  const percent = Math.round(100 * (ratio - 1));
  if (percent === 0) return 'the time is the same';
  return percent > 0 ? `${percent}% more time` : `${-percent}% less time`;
}

/** One line of a config before and after: `configs/xl.yaml:12  micro_batch_size: 32 → micro_batch_size: 8`. */
export function lineEdit(path: string, { line, before, after }: LineChange, code: Code): string {
  if (before === null) return `${code(`${path}:${line}`)} below it, add ${code((after ?? '').trim())}`;
  const place = code(`${path}:${line}`);
  if (after === null) return `${place} remove ${code(before.trim())}`;
  return `${place} ${code(before.trim())} → ${code(after.trim())}`;
}

/** Why there is nothing to change, or nothing that would do; null where there are fits. */
export function withoutFits({ asked, fits, fitsAlready, reason, candidates }: FitAnswer): string | null {
  if (fitsAlready) {
    const high = asked.estimate.memory?.highBytes ?? 0;
    if (high <= (asked.limit?.usableBytes ?? Infinity)) return 'It fits as it stands.';
    return `It likely fits as it stands, but may need up to ${formatGib(high)}, more than the limit.${fits.length === 0 ? '' : ' With each of these the high end fits, too.'}`;
  }
  if (reason === null) return null;
  return `Nothing was found that makes it fit: ${reason}${candidates === 0 ? '' : ` (${counted(candidates, 'variant')} tried)`}.`;
}
