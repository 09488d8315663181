import { currencyAt, currencyAtEnd } from './currencies.ts';
import { matchAt } from './match-at.ts';
import { multiplierOf } from './multipliers.ts';
import type { Quantity, Unit } from './quantity.ts';
import { readNumber } from './read-number.ts';
import { timeAt, unitAt } from './read-unit.ts';

const rangeAt = /\s*(→|->|–|—|-|‑|−|\bto\b|\bbis\b)\s*(?=\d|[~≈$€£₹¥]\s*\d)/uy;
const perAt =
  /\s?(?:\/\s?|(?:per|an?|pro|par)\s)((?:gpu|device|node|chip|accelerator|\d?\s?m(?:illion)?|1k)?[\s-]?[a-z]{1,12})(?!\p{L})/iuy;
/** What continues a number, and is neither thousands nor a unit: `5OO`, `1Q`, `1'000`. */
const lettersAt = /\p{L}|['’]\d/uy;
const atMost =
  /(?:^|[\s(,:])(?:<=?|≤|up to|at most|max\.?|maximum|under|less than|below|no more than)\s*(?:[~≈]\s*)?$/i;
const atLeast = /(?:^|[\s(,:])(?:>=?|≥|at least|more than|min\.?|no less than)\s*(?:[~≈]\s*)?$/i;

/** The number that begins at an index of a text, with its range, unit, currency and what it is for each of. */
export function quantityAt(text: string, start: number, inBrackets: boolean): Quantity {
  const first = readNumber(text, start);
  let last = first;
  let { end } = first;
  const before = text.slice(Math.max(0, start - 24), start);
  const currencyBefore = currencyAtEnd(before);
  const lead = before.slice(0, currencyBefore?.start);

  let unitOfLow: Unit | null = null;
  const unitThen = matchAt(timeAt, text, end);
  const range =
    matchAt(rangeAt, text, end) ?? (unitThen === null ? null : matchAt(rangeAt, text, end + unitThen[0].length));
  let isProgress = false;
  if (range !== null && first.fault !== 'comma') {
    if (range.index > end) unitOfLow = unitAt(text, end)?.unit ?? null;
    const next = range.index + range[0].length;
    const symbol = /^[~≈$€£₹¥\s]*/.exec(text.slice(next, next + 8))?.[0].length ?? 0;
    last = readNumber(text, next + symbol);
    isProgress = /^\s*(?:→|->)/.test(range[0]);
    end = last.end;
  }
  const plus = matchAt(/\+(?!\s?\d)/y, text, end);
  if (plus !== null) end += 1;
  const found = unitAt(text, end);
  if (found !== null) ({ end } = found);
  const currencyAfter = currencyAt(text, end);
  const currency = currencyBefore?.code ?? currencyAfter?.code ?? null;
  if (currencyAfter !== null && currencyBefore === null) ({ end } = currencyAfter);
  const hasLetters = found === null && currencyAfter === null && matchAt(lettersAt, text, end) !== null;
  const per = matchAt(perAt, text, end);
  if (per !== null && (currency !== null || text.charAt(end) === '/' || text.startsWith(' per ', end)))
    end += per[0].length;

  // "$2–10k": the low end is in thousands too
  const lowSuffix = first.suffix === '' && last !== first && first.value <= last.value ? last.suffix : first.suffix;
  const highValue = last.value * multiplierOf(last.suffix);
  const lowValue = first.value * multiplierOf(unitOfLow === null ? lowSuffix : first.suffix);
  const isAtMost = atMost.test(lead);
  const isAtLeast = plus !== null || atLeast.test(lead);
  const unit = found?.unit ?? null;
  const lowInUnit =
    unitOfLow !== null && unit !== null && 'hours' in unitOfLow && 'hours' in unit
      ? (lowValue * unitOfLow.hours) / unit.hours
      : lowValue;
  return {
    start,
    end,
    low: isAtMost ? null : lowInUnit,
    high: isAtLeast ? null : highValue,
    isMaybeMinutes: last.suffix === 'm' && unit === null,
    isBare: last.suffix === '' && unit === null,
    isProgress,
    unit,
    currency,
    per: per?.[1]?.trim().toLowerCase().replaceAll(/\s+/g, '-') ?? null,
    inBrackets,
    fault: /(?:^|[\s(])[-−]$/.test(lead) ? 'minus' : (first.fault ?? last.fault ?? (hasLetters ? 'letters' : null)),
  };
}
