import type { LineItem } from '../estimate/line-item.ts';

/** The symbols of a formula with their values: `h = 2,048, L = 24`. */
export function printQuantities({ quantities }: LineItem): string {
  return quantities.map(([symbol, value]) => `${symbol} = ${printQuantity(value)}`).join(', ');
}

/** A formula with the values in place of its symbols: `4·P/N` → `4·3,080,000,000/64`. */
export function withNumbers({ formula, quantities }: LineItem): string {
  const values = new Map(quantities);
  const symbols = [...values.keys()].sort((a, b) => b.length - a.length).map(escapeForPattern);
  if (symbols.length === 0) return formula;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${symbols.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return formula.replace(pattern, (symbol) => printQuantity(values.get(symbol) ?? Number.NaN));
}

/** In full, so that a reader can compute the formula again; the printers of units/ keep three digits. */
export function printQuantity(value: number): string {
  const digits = value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return value.toLocaleString('en-US', digits);
}

function escapeForPattern(symbol: string): string {
  return symbol.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
