import { findQuantities } from './find-quantities.ts';

/** Whether a text holds what a plan must not lose: hours, money or tokens. */
export function holdsBudget(text: string): boolean {
  return findQuantities(text).some(
    ({ unit, currency, per }) =>
      (currency !== null && per === null) ||
      unit?.kind === 'gpu-time' ||
      unit?.kind === 'node-time' ||
      unit?.kind === 'tokens',
  );
}
