import { parseQuantity } from './quantity.ts';

export const gibibyte = 2 ** 30;

/** Bytes as GiB: `79.2 GiB`. Below 1 GiB at least two digits are kept, so that `0.04 GiB` does not become zero. */
export function formatGib(bytes: number, digits = 1): string {
  const gib = bytes / gibibyte;
  const fraction = Math.abs(gib) < 1 && gib !== 0 ? Math.max(digits, 2) : digits;
  return `${gib.toLocaleString('en-US', { minimumFractionDigits: fraction, maximumFractionDigits: fraction })} GiB`;
}

const powers: Record<string, number> = { b: 0, k: 1, m: 2, g: 3, t: 4 };

/**
 * Reads an amount of memory as people write it: `~80 GB`, `40 MB`, `1.5 TiB`. Null where the text is no such amount; a
 * bare number has no unit and is none. "GB" of a GPU means GiB, as vendors and nvidia-smi use it, and so do MB and TB.
 */
export function parseBytes(text: string): number | null {
  const match = /^(.*\d)\s*([kmgt]i?b|b|bytes?)$/i.exec(text.trim());
  const value = parseQuantity(match?.[1] ?? '');
  const power = powers[match?.[2]?.[0]?.toLowerCase() ?? ''];
  return value === null || power === undefined ? null : value * 1024 ** power;
}
