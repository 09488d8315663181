import { formatUsd } from '../units/money.ts';
import type { PriceList } from './price-list.ts';
import { priceLists } from './prices/index.ts';

/** The going rate of a GPU: the median over providers, and the band that they span. */
export interface ListPrice {
  readonly usdPerGpuHour: number;
  readonly low: number;
  readonly high: number;
  /** What providers ask for capacity that may be taken away; null where none was found. */
  readonly spot: { readonly low: number; readonly high: number } | null;
  /** Whose price it is, the band and the date, to be printed with every dollar. */
  readonly source: string;
  /** Month of the newest price in it, or its year. */
  readonly date: string;
  /** What to know before believing it: whose money it is not, spot prices, and its age where that is too much. */
  readonly caveat: string;
}

/**
 * The median on-demand list price of a GPU, by its name in the catalog; null when no provider's is known. List prices
 * of different providers for one GPU differ by a factor of four and more, so the band is part of the answer. With
 * `today` (`2026-11-23`) a price of more than 180 days says so in its caveat.
 */
export function listPrice(gpuName: string, today: string | null = null): ListPrice | null {
  const offers = currentOffers(gpuName);
  const prices = offers.map(({ usdPerGpuHour }) => usdPerGpuHour).sort((a, b) => a - b);
  const spots = offers.flatMap(({ spotUsdPerGpuHour: spot }) => (spot === undefined ? [] : [spot]));
  const low = prices[0];
  const high = prices.at(-1);
  const [newest] = offers;
  if (low === undefined || high === undefined || newest === undefined) return null;
  const spot = spots.length === 0 ? null : { low: Math.min(...spots), high: Math.max(...spots) };
  return {
    usdPerGpuHour: median(prices),
    low,
    high,
    spot,
    source:
      offers.length === 1
        ? `on-demand list price of ${newest.provider}, ${newest.date}`
        : `${band(low, high)}, median on-demand list price of ${offers.length} providers, ${newest.date}`,
    date: newest.date,
    caveat: [
      "neither policy nor plan has a price of this GPU; a list price without discounts, storage and traffic, in each provider's default region",
      ...(spot === null ? [] : [`spot capacity was ${band(spot.low, spot.high)}`]),
      ...(today !== null && ageInDays(newest.date, today) > oldDays
        ? [`more than ${oldDays} days old: look it up again`]
        : []),
    ].join('; '),
  };
}

/** List prices move by a third a year, mostly in one step; half a year is the longest to trust one. */
const oldDays = 180;

interface Offer {
  readonly provider: string;
  readonly date: string;
  readonly usdPerGpuHour: number;
  readonly spotUsdPerGpuHour?: number;
}

/**
 * The offers for a GPU, newest first. List prices move by a third a year: one a year older than the newest is left out.
 */
function currentOffers(gpuName: string): Offer[] {
  const offers = priceLists.flatMap((list) => offersIn(list, gpuName)).sort((a, b) => months(b.date) - months(a.date));
  const [newest] = offers;
  return newest === undefined ? [] : offers.filter(({ date }) => months(newest.date) - months(date) < 12);
}

function offersIn({ provider, date, prices }: PriceList, gpuName: string): Offer[] {
  return prices.filter(({ gpu }) => gpu === gpuName).map((price) => ({ ...price, provider, date }));
}

/** Months since the year 0; a year alone counts as its January. */
function months(date: string): number {
  const [year, month = 1] = date.split('-').map(Number);
  return (year ?? 0) * 12 + month;
}

/** From the first of the month that a price is dated. */
function ageInDays(date: string, today: string): number {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return (Date.parse(today) - Date.UTC(year, month - 1)) / 86_400_000;
}

function band(low: number, high: number): string {
  return low === high ? formatUsd(low) : `${formatUsd(low)} to ${formatUsd(high)}`;
}

/** To a hundredth of a cent, as the lists have it. */
function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.round(((lower + upper) / 2) * 1e4) / 1e4;
}
