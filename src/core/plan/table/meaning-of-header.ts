import { currencyIn } from '../amounts/currencies.ts';
import { meaningOfWords } from './header-meanings.ts';
import type { Meaning } from './meaning.ts';
import { normalize } from './normalize-header.ts';

interface Per {
  readonly what: string;
  readonly unit: string;
}

/** What a column holds by its title; null for a title that is not known. */
export function meaningOfHeader(title: string): Meaning | null {
  const per = perOf(title);
  return per === null ? meaningOfWords(normalize(title)) : meaningPer(per);
}

function meaningPer(per: Per): Meaning | null {
  const what = meaningOfWords(normalize(per.what));
  const isCost = what === 'cost' || currencyIn(per.what) !== null || /\b(?:cost|price)\b/i.test(per.what);
  if (/^(?:1 ?)?m(?:illion)? ?tok(?:en)?s?$|^mtoks?$/.test(per.unit)) return isCost ? 'inferencePrice' : 'listing';
  if (/^(?:runs?|experiments?|seeds?|trials?|jobs?|models?|stages?|arms?)$/.test(per.unit))
    return isCost ? 'cost' : what;
  if (/^(?:gpu|device|card)$/.test(per.unit))
    return what === 'memory' || normalize(per.what) === 'total' ? 'memory' : 'setting';
  if (isCost) return 'rate';
  if (/^(?:param(?:eter)?s?|lr|bs|ga)$/.test(per.unit)) return 'setting';
  return what === 'gpuHours' || what === 'wallClock' ? 'rate' : 'speed';
}

/** "tokens/sec", "GPU hours per day", "Total (per GPU)": what, and for each of what. */
function perOf(title: string): Per | null {
  const text = title.slice(0, 100);
  const per = /\/|\bper\b/i.exec(text);
  if (per === null || /@|\d\s*[$€£]|[$€£]\s*\d/.test(title)) return null;
  const what = text.slice(0, per.index).replace(/[([]$/, '').trim();
  const unit = text.slice(per.index + per[0].length);
  return what === '' || unit === '' ? null : { what, unit: normalize(unit.replace(/[)\]]$/, '')) };
}
