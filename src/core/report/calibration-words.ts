import type { Calibration } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatGpuHours } from '../units/duration.ts';

/** `84.2 GiB (× 1.08), 3,300 GPU-h (× 1.10), as Large measured on 2026-10-03`. */
export function calibrationText(calibration: Calibration): string {
  const { scale, date, memoryRatio, hoursRatio, peakBytes, gpuHours } = calibration;
  const figures = [
    ...(peakBytes === null || memoryRatio === null ? [] : [`${formatGib(peakBytes)} (× ${memoryRatio.toFixed(2)})`]),
    ...(gpuHours === null || hoursRatio === null ? [] : [`${formatGpuHours(gpuHours)} (× ${hoursRatio.toFixed(2)})`]),
  ];
  return `${figures.join(', ') || 'unknown'}, as ${scale} measured${date === null ? '' : ` on ${date}`}`;
}
