import { formatCount } from './count.ts';
import { parseQuantity } from './quantity.ts';

/** Device-hours: `3,000 GPU-h`, `12.5 GPU-h`, `0.0042 GPU-h`; from a million up `1.24M GPU-h`. */
export function formatGpuHours(gpuHours: number): string {
  return `${formatHours(gpuHours)} GPU-h`;
}

/** Hours without a unit: `3,000`, `12.5`, `0.0042`. */
export function formatHours(hours: number): string {
  if (hours >= 999_500) return formatCount(hours);
  if (hours >= 99.95) return hours.toLocaleString('en-US', { maximumFractionDigits: 0 });
  return hours.toLocaleString('en-US', { maximumSignificantDigits: hours < 1 ? 2 : 3 });
}

/** Time on a clock: `40 min`, `12.5 hours`, `7.1 days`. */
export function formatWallClock(hours: number): string {
  const [value, unit] = hours < 1 ? [hours * 60, 'min'] : hours < 48 ? [hours, 'hours'] : [hours / 24, 'days'];
  return `${formatHours(value)} ${unit}`;
}

/** Reads hours as people write them: `~1000`, `1,000 h`, `10k GPU-h`, `500 GPU hours`; null for anything else. */
export function parseHours(text: string): number | null {
  const match = /^(.*?\d[kmbgt]?)\s*(?:(?:(?:gpu|device)[\s-]?)?(?:h|hrs?|hours?))?$/i.exec(text.trim());
  return parseQuantity(match?.[1] ?? '');
}
