import type { LineItem } from '../estimate/line-item.ts';

/** The symbols of a formula with their values: `h = 2,048, L = 24`. */
export function printQuantities({ quantities }: LineItem): string {
  return quantities.map(([symbol, value]) => `${symbol} = ${print(value)}`).join(', ');
}

/** In full, so that a reader can compute the formula again; the printers of units/ keep three digits. */
function print(value: number): string {
  const digits = value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return value.toLocaleString('en-US', digits);
}
