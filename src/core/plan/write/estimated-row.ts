/** A run of the repository with what is estimated for it; null for what cannot be known. */
export interface EstimatedRow {
  readonly path: string;
  readonly name: string | null;
  /** Trains adapters, against a reference or on its own answers: work on a model that is there, and no step of a ladder. */
  readonly isFineTuning: boolean;
  readonly parameters: number | null;
  readonly tokens: number | null;
  readonly gpu: string | null;
  readonly gpuCount: number | null;
  readonly gpuHours: number | null;
  readonly memoryBytes: number | null;
  readonly costUsd: number | null;
  readonly assumptions: readonly { readonly field: string; readonly value: string }[];
  /** Why its GPU-hours are not known; null where they are. */
  readonly missing: string | null;
}

/** A row of a plan that is being written: one config, or a sweep of configs that are held against one row. */
export interface PlannedRow extends EstimatedRow {
  readonly configs: number;
}
