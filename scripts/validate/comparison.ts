import type { EstimatedRun } from '../../src/core/policy/rule.ts';
import { estimateCase } from './estimate-case.ts';
import { sourceOf, type MeasuredHours, type MeasuredMemory, type MeasuredThroughput, type Row } from './sets.ts';

/** An estimate beside the measurement that it stands for, in one unit. */
export interface Comparison {
  readonly id: string;
  readonly source: string;
  /** What was measured: `allocated`, `reserved`, `peak`, `tokens/s per GPU`, `GPU-hours`. */
  readonly statistic: string;
  readonly measured: number;
  /** null where the product says that it can't know. */
  readonly estimate: number | null;
  readonly range: readonly [low: number, high: number] | null;
  /** A: exact and complete; B: rounded, or partly inferred. null where nobody has graded it. */
  readonly trust: 'A' | 'B' | null;
  /** What is known of the measurement. */
  readonly notes: readonly string[];
  readonly estimated: EstimatedRun;
}

/** A comparison with an estimate. */
export type Estimated = Comparison & { readonly estimate: number };

const gibibyte = 2 ** 30;

/** Which figure of the estimate a metric is held against; one that its source does not name is most often reserved. */
const statistics = {
  max_allocated: 'allocated',
  max_active: 'allocated',
  max_reserved: 'reserved',
  unknown: 'reserved',
  'nvidia-smi': 'peak',
} as const satisfies Record<MeasuredMemory['metric'], string>;

/** Peak memory in GiB, statistic against statistic. */
export function compareMemory(row: MeasuredMemory): Comparison {
  const statistic = statistics[row.metric];
  const estimated = estimateCase(row.id, row.config);
  const { memory } = estimated.estimate;
  return {
    ...about(row),
    statistic,
    measured: row.memory_gib,
    estimate: memory === null ? null : memory[`${statistic}Bytes`] / gibibyte,
    range: memory === null ? null : inGib(memory.ranges[statistic]),
    trust: row.trust,
    estimated,
  };
}

function inGib([low, high]: readonly [number, number]): [number, number] {
  return [low / gibibyte, high / gibibyte];
}

/** Tokens a second and GPU of steady training. */
export function compareThroughput(row: MeasuredThroughput): Comparison {
  const estimated = estimateCase(row.id, row.config);
  const { compute } = estimated.estimate;
  const { lowTokensPerSecondPerGpu: low = null, highTokensPerSecondPerGpu: high = null } = compute ?? {};
  return {
    ...about(row),
    source: row.source_family,
    statistic: 'tokens/s per GPU',
    measured: row.tokens_per_second_per_gpu,
    estimate: compute?.tokensPerSecondPerGpu ?? null,
    range: low === null || high === null ? null : [low, high],
    trust: null,
    estimated,
  };
}

/** GPU-hours of a whole run, as it was billed or stated. */
export function compareHours(row: MeasuredHours): Comparison {
  const estimated = estimateCase(row.id, row.config);
  const { gpuHours = null, lowGpuHours = null, highGpuHours = null } = estimated.estimate.compute ?? {};
  return {
    ...about(row),
    statistic: 'GPU-hours',
    measured: row.gpu_hours,
    estimate: gpuHours,
    range: lowGpuHours === null || highGpuHours === null ? null : [lowGpuHours, highGpuHours],
    trust: row.tier,
    notes: [`Hours: ${row.hours_basis}.`, ...about(row).notes],
    estimated,
  };
}

function about(row: Row) {
  const unsaid = row.missing.length === 0 ? [] : [`The source does not say: ${row.missing.join(', ')}.`];
  return { id: row.id, source: sourceOf(row), notes: [row.notes, ...unsaid].filter((note) => note !== '') };
}
