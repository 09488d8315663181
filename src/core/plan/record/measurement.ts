/** Which figure of memory was measured: the allocator's live or reserved peak, or what nvidia-smi shows. */
export type MemoryKind = 'allocated' | 'reserved' | 'device';

/** What a run's own files say of it; null where they say nothing. */
export interface Measurement {
  readonly memory: { readonly kind: MemoryKind; readonly bytes: number } | null;
  /** Wall clock of the training. */
  readonly seconds: number | null;
  /** Median over the steps. */
  readonly tokensPerSecond: { readonly value: number; readonly isPerGpu: boolean } | null;
  readonly lastStep: number | null;
  /** Steps that the run was to take, where its files say so. */
  readonly plannedSteps: number | null;
}

export const nothingMeasured: Measurement = {
  memory: null,
  seconds: null,
  tokensPerSecond: null,
  lastStep: null,
  plannedSteps: null,
};
