import { parseQuantity } from './quantity.ts';

/** A share of one as percent: `109%`; below 10% with a digit more, `2.5%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toLocaleString('en-US', { maximumFractionDigits: Math.abs(percent) < 9.95 ? 1 : 0 })}%`;
}

/** Reads `10%`, `~10%` or `10 percent` as 0.1; null for anything else. */
export function parseShare(text: string): number | null {
  const match = /^(.*\d)\s*(?:%|percent)$/i.exec(text.trim());
  const percent = parseQuantity(match?.[1] ?? '');
  return percent === null ? null : percent / 100;
}
