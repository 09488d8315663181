import { magnitudes } from '../../units/quantity.ts';

const words: Readonly<Record<string, number>> = {
  ...magnitudes,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  mio: 1e6,
  mln: 1e6,
  mrd: 1e9,
  bn: 1e9,
};

/** By how much the letter or word after a number multiplies it: `k`, `M`, `billion`; 1 for any other. */
export function multiplierOf(word: string): number {
  return words[word.toLowerCase()] ?? 1;
}
