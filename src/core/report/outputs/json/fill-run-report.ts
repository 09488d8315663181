import type { LineItem } from '../../../estimate/line-item.ts';
import { figuresOf } from '../../../estimate/figures.ts';
import { fitsProbability } from '../../../estimate/memory/fits-probability.ts';
import type { RowMatch } from '../../../plan/match-row.ts';
import type { PlanRow, ScaleMatch } from '../../../plan/plan.ts';
import { memoryVerdict } from '../../../policy/memory-verdict.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import { gibOf, rounded } from '../../rounded.ts';
import { resolvedFacts } from './resolved-facts.ts';
import type { RunReport } from './run-report.ts';

interface Reported extends Pick<EstimatedRun, 'estimate' | 'readings' | 'scale' | 'row' | 'limit' | 'calibration'> {
  readonly run: RunReport['run'];
  /** null for a config that could not be read. */
  readonly of: EstimatedRun | null;
}

/** An estimate in the form that tools read: `snake_case`, GiB, null for what can't be known. */
export function runReport({ run, estimate, readings, scale, row, limit, calibration, of }: Reported): RunReport {
  const verdict = of === null ? null : memoryVerdict(of);
  const deciding = new Set<string>(
    verdict !== null && 'deciding' in verdict ? verdict.deciding.map(({ field }) => field) : [],
  );
  const { parameters, memory, compute, cost, inference, host = null, checkpoint = null } = estimate;
  return {
    run: { path: run.path, dialect: run.dialect, name: run.name },
    hardware: { gpu: of?.run.hardware.gpu?.name ?? null, count: of?.run.hardware.count ?? null },
    resolved: of === null ? [] : resolvedFacts(of.run),
    parameters: {
      total: parameters?.total ?? null,
      active: parameters?.active ?? null,
      trainable: parameters?.trainable ?? null,
    },
    memory: {
      allocated_gib: gibOf(memory?.allocatedBytes ?? null),
      reserved_gib: gibOf(memory?.reservedBytes ?? null),
      peak_gib: gibOf(memory?.peakBytes ?? null),
      low_gib: gibOf(readings?.lowBytes ?? memory?.lowBytes ?? null),
      high_gib: gibOf(readings?.highBytes ?? memory?.highBytes ?? null),
      limit_gib: gibOf(limit?.limitBytes ?? null),
      usable_gib: gibOf(limit?.usableBytes ?? null),
      fits_probability: memory && limit && rounded(fitsProbability(memory, limit.usableBytes), 3),
      evidence: memory?.evidence ?? null,
      breakdown_gib: memory && partsOf(memory.items),
      timeline_gib: memory?.timeline.map(({ moment, items }) => ({ moment, parts: partsOf(items) })) ?? null,
      assumed: (readings?.assumed ?? []).map(({ field, taken, otherwise, peakBytes }) => ({
        field,
        taken,
        otherwise,
        peak_gib: gibOf(peakBytes) ?? 0,
      })),
    },
    compute: {
      tokens: compute?.tokens ?? null,
      flops_per_token: compute?.flopsPerToken ?? null,
      mfu: rounded(compute?.mfu ?? null, 4),
      gpu_hours: rounded(compute?.gpuHours ?? null, 3),
      low_gpu_hours: rounded(compute?.lowGpuHours ?? null, 3),
      high_gpu_hours: rounded(compute?.highGpuHours ?? null, 3),
      wall_clock_hours: rounded(of === null ? null : figuresOf(of).wallClockHours, 3),
      tokens_per_second_per_gpu: rounded(compute?.tokensPerSecondPerGpu ?? null, 1),
      low_tokens_per_second_per_gpu: rounded(compute?.lowTokensPerSecondPerGpu ?? null, 1),
      high_tokens_per_second_per_gpu: rounded(compute?.highTokensPerSecondPerGpu ?? null, 1),
      hardware_flops_per_token: compute?.hardwareFlopsPerToken ?? null,
      steady_gpu_hours: rounded(compute?.steadyGpuHours ?? null, 3),
      overhead_gpu_hours: rounded(compute?.overheadGpuHours ?? null, 3),
      gpu_hours_per_billion_tokens: rounded(compute?.gpuHoursPerBillionTokens ?? null, 3),
    },
    cost: {
      usd: rounded(cost?.usd ?? null, 2),
      usd_per_gpu_hour: rounded(cost?.usdPerGpuHour ?? null, 4),
      price_source: cost?.priceSource ?? null,
    },
    host: host && {
      low_gib: gibOf(host.lowBytes) ?? 0,
      high_gib: gibOf(host.highBytes) ?? 0,
      stated_gib: gibOf(of?.run.hardware.hostMemoryBytes ?? null),
      machines: host.machines,
      gpus_per_machine: host.gpusEach,
      parts: host.parts.map(({ what, lowBytes, highBytes, reason }) => {
        return { what, low_gib: gibOf(lowBytes) ?? 0, high_gib: gibOf(highBytes) ?? 0, reason };
      }),
    },
    checkpoint: checkpoint && {
      gib: gibOf(checkpoint.bytes) ?? 0,
      weights_gib: gibOf(checkpoint.weightsBytes) ?? 0,
      count: checkpoint.count,
      total_gib: checkpoint.count === null ? null : gibOf(checkpoint.bytes * checkpoint.count),
    },
    inference: {
      usd_per_million_tokens: rounded(inference?.usdPerMillionTokens ?? null, 6),
      usd_per_million_input_tokens: rounded(inference?.usdPerMillionInputTokens ?? null, 6),
      usd_per_million_output_tokens: rounded(inference?.usdPerMillionOutputTokens ?? null, 6),
      utilization: inference?.utilization ?? null,
    },
    plan: planReport(scale, row),
    calibration: calibration && {
      scale: calibration.scale,
      date: calibration.date,
      memory_ratio: rounded(calibration.memoryRatio, 4),
      gpu_hours_ratio: rounded(calibration.hoursRatio, 4),
      peak_gib: gibOf(calibration.peakBytes),
      gpu_hours: rounded(calibration.gpuHours, 3),
    },
    assumptions: estimate.assumptions.map(({ field, value, reason }) => {
      return { field, value, reason, decides: deciding.has(field) };
    }),
    unknown: estimate.unknown.map(({ field, reason }) => ({ field, reason })),
    not_read: (of?.run.notRead ?? []).map(({ key, place }) => ({ key, ...place })),
  };
}

function planReport(scale: ScaleMatch | null, match: RowMatch | null): RunReport['plan'] {
  if (scale === null && match === null) return null;
  const ofScale = scale?.kind === 'scale' ? scale.scale : null;
  const held = match?.kind === 'row' ? match.row : null;
  const row: Partial<PlanRow> = held ?? ofScale ?? {};
  return {
    row: held?.name ?? null,
    row_kind: held?.kind ?? null,
    row_candidates: match?.kind === 'several' ? match.rows.map(({ name }) => name) : [],
    row_reason: match?.reason ?? null,
    scale: ofScale?.name ?? null,
    largest_scale: scale?.kind === 'beyond' ? scale.largest.name : null,
    parameters: row.parameters?.value ?? null,
    memory_gib: gibOf(row.memoryBytes?.value ?? null),
    gpu_hours: row.gpuHours?.value ?? null,
    cost_usd: row.costUsd?.value ?? null,
    usd_per_million_tokens: row.usdPerMillionTokens?.value ?? null,
    data_hours: row.dataHours?.value ?? null,
    validated: row.validation != null,
  };
}

function partsOf(items: readonly LineItem[]): Record<string, number> {
  return Object.fromEntries(items.map(({ id, bytes }) => [id, gibOf(bytes) ?? 0]));
}
