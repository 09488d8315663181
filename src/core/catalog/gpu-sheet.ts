import type { GpuSpec } from '../run/hardware.ts';
import { gibibyte } from '../units/bytes.ts';

/**
 * A GPU as its datasheet and its driver describe it. Peaks are dense, with fp32 accumulation where vendors tell them
 * apart.
 */
export interface GpuSheet {
  readonly name: string;
  /** Other names, without the vendor's; spelling, case and order of memory and form factor do not matter. */
  readonly aliases: readonly string[];
  /** What clouds call the machines and accelerators, exactly; a trailing `*` stands for any ending. */
  readonly cloudNames: readonly string[];
  readonly vendor: string;
  readonly architecture: string;
  /** The marketed size, whose "GB" is a GiB for all but a few. */
  readonly memoryGib: number;
  /** What nvidia-smi shows as the total; null when not found. */
  readonly driverMib: number | null;
  /** What torch.cuda reports as total_memory; null when not found. */
  readonly usableGib: number | null;
  /** Memory bandwidth. */
  readonly gigabytesPerSecond: number;
  readonly peakTflops: Readonly<Record<ComputeType, number | null>>;
  /** Share of the dense peak that large 16-bit products reach; absent where nobody has measured it. */
  readonly matrixShare?: number;
  /** Link to the other GPUs, both directions together. */
  readonly interconnect: { readonly kind: string; readonly gigabytesPerSecond: number | null };
  readonly gpusPerNode: number;
  readonly confidence: 'high' | 'medium';
  /** Figures that were recalled and not read again. */
  readonly recalled: readonly ('usable memory' | 'driver memory' | 'bandwidth' | 'interconnect')[];
  readonly sources: readonly string[];
  readonly notes: string | null;
}

type ComputeType = 'fp32' | 'tf32' | 'bf16' | 'fp16' | 'fp8';

/** A GPU of the catalog: what the estimate needs, in bytes and FLOP/s, and the sheet that it was taken from. */
export interface Gpu extends GpuSpec {
  readonly peakFlopsPerSecond: Readonly<Record<ComputeType, number | null>>;
  readonly sheet: GpuSheet;
}

export function defineGpu(sheet: GpuSheet): Gpu {
  const { fp32, tf32, bf16, fp16, fp8 } = sheet.peakTflops;
  return {
    name: sheet.name,
    memoryBytes: sheet.memoryGib * gibibyte,
    usableMemoryBytes: sheet.usableGib === null ? null : sheet.usableGib * gibibyte,
    peakFlopsPerSecond: {
      fp32: flopsPerSecond(fp32),
      tf32: flopsPerSecond(tf32),
      bf16: flopsPerSecond(bf16),
      fp16: flopsPerSecond(fp16),
      fp8: flopsPerSecond(fp8),
    },
    memoryBandwidthBytesPerSecond: sheet.gigabytesPerSecond * 1e9,
    ...(sheet.matrixShare === undefined ? {} : { matrixShare: sheet.matrixShare }),
    node: nodeOf(sheet),
    sheet,
  };
}

/** One way of the link. An NVL72 rack joins 72 GPUs, whatever its machines hold. */
function nodeOf({ interconnect, gpusPerNode }: GpuSheet): NonNullable<GpuSpec['node']> {
  const rack = /NVL(\d+)/.exec(interconnect.kind)?.[1];
  const { gigabytesPerSecond: both } = interconnect;
  return {
    gpus: rack === undefined ? gpusPerNode : Number(rack),
    linkBytesPerSecond: both === null ? null : (both * 1e9) / 2,
  };
}

function flopsPerSecond(tflops: number | null): number | null {
  return tflops === null ? null : tflops * 1e12;
}
