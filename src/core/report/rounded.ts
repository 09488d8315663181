import { gibibyte } from '../units/bytes.ts';

/** A number for machines with at most so many decimals; null stays null. */
export function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Number(value.toFixed(decimals));
}

/** Bytes as GiB for machines, to a thousandth. */
export function gibOf(bytes: number | null): number | null {
  return bytes === null ? null : rounded(bytes / gibibyte, 3);
}
