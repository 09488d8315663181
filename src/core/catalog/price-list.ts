/** What one provider asks without commitment, on demand and for spot capacity, in its default region. */
export interface PriceList {
  readonly provider: string;
  /** Who published the figures that were read. */
  readonly source: string;
  /** As exactly as it is known: `2026-07`, or `2026`. */
  readonly date: string;
  readonly prices: readonly Price[];
}

/**
 * Price of a whole machine over its GPUs: with CPUs and memory, without storage, traffic, support and tax. Where
 * a provider has several machines with the GPU it is that of the largest.
 */
export interface Price {
  /** The GPU's name in the catalog. */
  readonly gpu: string;
  readonly usdPerGpuHour: number;
  /** Capacity that may be taken away, in the same region (AWS: median over its zones); absent where none was found. */
  readonly spotUsdPerGpuHour?: number;
  readonly instance: string;
  readonly region: string;
}
