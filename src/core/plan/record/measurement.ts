/** Which figure of memory was measured: the allocator's live or reserved peak, or what nvidia-smi shows. */
export type MemoryKind = 'allocated' | 'reserved' | 'device';

/** What a run's own files say of it; null where they say nothing. */
export interface Measurement {
  /** The highest figure of each kind, in bytes; those that were not measured are absent. */
  readonly peaks: Readonly<Partial<Record<MemoryKind, number>>>;
  /** Wall clock of the training. */
  readonly seconds: number | null;
  /** Median of a step, without pauses. */
  readonly secondsPerStep: number | null;
  /** Median over the steps. */
  readonly tokensPerSecond: { readonly value: number; readonly isPerGpu: boolean } | null;
  readonly lastStep: number | null;
  /** Steps that the run was to take, where its files say so. */
  readonly plannedSteps: number | null;
}

export const nothingMeasured: Measurement = {
  peaks: {},
  seconds: null,
  secondsPerStep: null,
  tokensPerSecond: null,
  lastStep: null,
  plannedSteps: null,
};

/** The memory figure nearest to what the card shows. */
export function memoryOf({ peaks }: Measurement): { readonly kind: MemoryKind; readonly bytes: number } | null {
  for (const kind of ['device', 'reserved', 'allocated'] as const) {
    const bytes = peaks[kind];
    if (bytes !== undefined && bytes > 0) return { kind, bytes };
  }
  return null;
}

/** What several files say together: each figure has to come from one of them, and of memory the highest counts. */
export function combine(measurements: readonly Measurement[]): Measurement {
  return measurements.reduce<Measurement>(
    (all, one) => ({
      peaks: highest(all.peaks, one.peaks),
      seconds: all.seconds ?? one.seconds,
      secondsPerStep: all.secondsPerStep ?? one.secondsPerStep,
      tokensPerSecond: all.tokensPerSecond ?? one.tokensPerSecond,
      lastStep: all.lastStep ?? one.lastStep,
      plannedSteps: all.plannedSteps ?? one.plannedSteps,
    }),
    nothingMeasured,
  );
}

function highest(one: Measurement['peaks'], other: Measurement['peaks']): Measurement['peaks'] {
  const peaks: Partial<Record<MemoryKind, number>> = { ...one };
  for (const kind of ['device', 'reserved', 'allocated'] as const) {
    const bytes = other[kind];
    if (bytes !== undefined) peaks[kind] = Math.max(peaks[kind] ?? 0, bytes);
  }
  return peaks;
}
