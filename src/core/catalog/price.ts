import type { PriceList } from './price-list.ts';
import { priceLists } from './prices/index.ts';

/** The going rate of a GPU: the median over providers, and the band that they span. */
export interface ListPrice {
  readonly usdPerGpuHour: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
  /** Month of the newest price in it, or its year. */
  readonly date: string;
}

/**
 * The median on-demand list price of a GPU, by its name in the catalog; null when no provider's is known. List prices
 * of different providers for one GPU differ by a factor of four and more, so the band is part of the answer.
 */
export function listPrice(gpuName: string): ListPrice | null {
  const offers = currentOffers(gpuName);
  const prices = offers.map(({ usdPerGpuHour }) => usdPerGpuHour).sort((a, b) => a - b);
  const low = prices[0];
  const high = prices.at(-1);
  const [newest] = offers;
  if (low === undefined || high === undefined || newest === undefined) return null;
  const providers = offers.length === 1 ? newest.provider : `${offers.length} providers`;
  return {
    usdPerGpuHour: median(prices),
    low,
    high,
    source: `${offers.length === 1 ? 'on-demand' : 'median on-demand'} list price of ${providers}, ${newest.date}`,
    date: newest.date,
  };
}

interface Offer {
  readonly provider: string;
  readonly date: string;
  readonly usdPerGpuHour: number;
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
  return prices.filter(({ gpu }) => gpu === gpuName).map(({ usdPerGpuHour }) => ({ provider, date, usdPerGpuHour }));
}

/** Months since the year 0; a year alone counts as its January. */
function months(date: string): number {
  const [year, month = 1] = date.split('-').map(Number);
  return (year ?? 0) * 12 + month;
}

/** To a hundredth of a cent, as the lists have it. */
function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.round(((lower + upper) / 2) * 1e4) / 1e4;
}
