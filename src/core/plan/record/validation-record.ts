/** A finished run as it goes into the plan. */
export interface ValidationRecord {
  /** Name of the row that the run belongs to. */
  readonly row: string;
  readonly kind: 'scale' | 'stage';
  readonly link: string;
  /** `2026-10-03`. */
  readonly date: string;
  readonly memoryBytes: number | null;
  readonly gpuHours: number | null;
  readonly predictedMemoryBytes: number | null;
  readonly predictedGpuHours: number | null;
  readonly config: string;
}
