/** The GPUs of a run. */
export interface Hardware {
  /** null when no source names a GPU that the catalog knows, nor its memory. */
  readonly gpu: GpuSpec | null;
  readonly count: number | null;
  /** CPU memory of a machine; absent where no source states it. */
  readonly hostMemoryBytes?: number;
  /** The price that policy or config set; null leaves it to plan and catalog. */
  readonly usdPerGpuHour: number | null;
}

/** A kind of GPU as far as the estimate needs it. */
export interface GpuSpec {
  readonly name: string;
  /** What the vendor and nvidia-smi call its memory: "80 GB" is 80 GiB. */
  readonly memoryBytes: number;
  /** What a process can really allocate; null when nobody has said. */
  readonly usableMemoryBytes: number | null;
  /** Dense peak in FLOP/s by compute type, without sparsity; null where the GPU has no such unit. */
  readonly peakFlopsPerSecond: Readonly<Record<'fp32' | 'bf16' | 'fp16' | 'fp8', number | null>> | null;
  readonly memoryBandwidthBytesPerSecond: number | null;
  /** Share of the dense peak that large matrix products reach, where it was measured on this GPU or follows from its power. */
  readonly matrixShare?: number;
  /** GPUs that its link joins, and what one sends to another; absent where nobody has said. */
  readonly node?: { readonly gpus: number; readonly linkBytesPerSecond: number | null };
}
