import { multiplierOf } from '../amounts/multipliers.ts';

const sizes =
  /(?:^|[^\p{L}\d.,$€£₹])[~≈]?(\d{1,4}(?:\.\d{1,3})?)( ?)([KMBT]|b)(?![\p{L}\d])(?!\s*(?:tok|sample|step|image|example|seq|param\w* token))/gu;

/** The size of a model that a name gives: `Llama-3.1-8B`, `Base (85M)`, `12L, 108.4M`; null for none, or for several. */
export function sizeInName(name: string): { readonly value: number; readonly text: string } | null {
  const found = new Map<number, string>();
  for (const [, digits = '', space = '', letter = ''] of name.slice(0, 300).matchAll(sizes)) {
    found.set(Number(digits) * multiplierOf(letter), `${digits}${space}${letter}`);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? { value: only[0], text: only[1] } : null;
}

/** A name that is nothing but a size: `125M`, `~1.5B`. */
export function isSize(name: string): boolean {
  return /^[~≈]?\s*\d{1,4}(?:\.\d{1,3})? ?[KMBTkmbt]$/.test(name.trim());
}
