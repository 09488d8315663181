import { parseQuantity } from './quantity.ts';

export const gibibyte = 2 ** 30;

/** Bytes as GiB: `79.2 GiB`. Below 1 GiB at least two digits are kept, so that `0.04 GiB` does not become zero. */
export function formatGib(bytes: number, digits = 1): string {
  const gib = bytes / gibibyte;
  const fraction = Math.abs(gib) < 1 && gib !== 0 ? Math.max(digits, 2) : digits;
  return `${gib.toLocaleString('en-US', { minimumFractionDigits: fraction, maximumFractionDigits: fraction })} GiB`;
}

const powers: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3, t: 4 };

/**
 * Bytes of a unit by its first letter: 2³⁰ for the `G` of "GB" and "GiB". "GB" of a GPU means GiB, as vendors and
 * nvidia-smi use it, and so do MB and TB. Null for a letter that begins no unit.
 */
export function bytesOfUnit(letter: string): number | null {
  const power = powers[letter.toLowerCase()];
  return power === undefined ? null : 1024 ** power;
}

/**
 * Reads an amount of memory as people write it: `~80 GB`, `40 MB`, `1.5 TiB`. Null where the text is no such amount; a
 * bare number has no unit and is none.
 */
export function parseBytes(text: string): number | null {
  const match = /^(.*\d)\s*([kmgt]i?b|b|bytes?)$/i.exec(text.trim());
  const value = parseQuantity(match?.[1] ?? '');
  const unit = bytesOfUnit(match?.[2]?.charAt(0) ?? '');
  return value === null || unit === null ? null : value * unit;
}
