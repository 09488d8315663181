import { currencyIn } from '../amounts/currencies.ts';
import { gpuCountIn, onlyGpuIn } from '../amounts/gpu-mentions.ts';
import { hoursIn } from '../amounts/time-units.ts';
import { plainText, type Span } from '../markdown/span.ts';
import { headerTime } from './header-meanings.ts';
import type { Meaning } from './meaning.ts';
import { normalize } from './normalize-header.ts';
import { meaningOfHeader } from './meaning-of-header.ts';

const hoursWordIn = new RegExp(`\\b(${headerTime})\\b`, 'i');

/** A column by its header. */
export interface Column {
  readonly meaning: Meaning | null;
  readonly header: Span;
  /** The header in plain text. */
  readonly title: string;
  /** Hours of a bare number: 24 under "GPU-days"; null where the header names no unit of time. */
  readonly hours: number | null;
  readonly gpu: string | null;
  readonly gpuCount: number | null;
  readonly currency: string | null;
  /** 1000 under "Cost (k$)", 10⁹ under "Params (B)". */
  readonly multiplier: number;
  /** `GB` of "Memory (GB)". */
  readonly unit: string;
}

/** A column as its own header alone says. */
export function readColumn(header: Span): Column {
  const title = plainText(header);
  const brackets = [...title.matchAll(/[([]([^()[\]]{1,60})[)\]]|@\s*(.{1,40})$|,\s*([^,]{1,20})$/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  const remark = brackets.join(' ');
  const unit = brackets[0]?.trim() ?? '';
  const meaning = meaningOfHeader(title);
  const isMoney = meaning === 'cost' || meaning === 'open';
  const multiplier =
    /^(?:in )?(k|m|b|t|thousands?|millions?|billions?|trillions?)[ $€£]{0,2}$|^[$€£](k|m)$/i.exec(unit) ??
    (isMoney ? /\b(k)[$€£]/i.exec(title) : null);
  const letter = (multiplier?.[1] ?? multiplier?.[2] ?? '').charAt(0).toLowerCase();
  const hoursWord = hoursWordIn.exec(`${normalize(title)} ${remark}`)?.[1];
  return {
    meaning: hoursAreUnclear(meaning, title, remark) ? 'unclear' : meaning,
    header,
    title,
    hours: hoursWord === undefined ? null : hoursIn(hoursWord),
    gpu: onlyGpuIn(title),
    gpuCount: gpuCountIn(title),
    currency: isMoney || meaning === 'rate' || meaning === 'inferencePrice' ? currencyIn(title) : null,
    multiplier: ({ k: 1e3, m: 1e6, b: 1e9, t: 1e12 } as Record<string, number>)[letter] ?? 1,
    unit: unit.replace(/^in /i, ''),
  };
}

/** "H100 hours (8 GPUs)" may be hours of one or of all eight. */
function hoursAreUnclear(meaning: Meaning | null, title: string, remark: string): boolean {
  return (
    meaning === 'gpuHours' &&
    !/\b(?:gpu|device|accelerator|chip)s?[ -]?(?:h|d)/i.test(title) &&
    (gpuCountIn(remark) ?? 1) > 1
  );
}
