import type { LineItem } from '../../../estimate/line-item.ts';
import { fitsProbability } from '../../../estimate/memory/fits-probability.ts';
import { z } from 'zod';
import type { RowMatch } from '../../../plan/match-row.ts';
import type { PlanRow, ScaleMatch } from '../../../plan/plan.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import { figuresOf } from '../../../estimate/figures.ts';
import { memoryVerdict } from '../../../policy/memory-verdict.ts';
import { ResolvedFact, resolvedFacts } from './resolved-facts.ts';
import { gibOf, rounded } from '../../rounded.ts';

const figure = (description: string) => z.number().nullable().describe(`${description}; null when it cannot be known`);

const planned = (description: string) =>
  z.number().nullable().describe(`${description}; null where it leaves that out`);

/** What one training run needs, for tools. */
export const RunReport = z
  .strictObject({
    run: z
      .strictObject({
        path: z.string().describe('Path of the config in the repository'),
        dialect: z.string().nullable().describe('Config format that it was read as; null when it could not be read'),
        name: z.string().nullable().describe('Name of the run; null when it could not be read'),
      })
      .describe('The config'),
    hardware: z
      .strictObject({
        gpu: z.string().nullable().describe('GPU by its name in the catalog; null when unknown'),
        count: z.number().nullable().describe('Number of GPUs; null when unknown'),
      })
      .describe('What it runs on'),
    resolved: z.array(ResolvedFact).describe('Batch, sequence, sharding and so on, as the figures take them'),
    parameters: z
      .strictObject({
        total: figure('All parameters'),
        active: figure('Parameters that work on one token'),
        trainable: figure('Parameters with a gradient'),
      })
      .describe('Parameter counts'),
    memory: z
      .strictObject({
        allocated_gib: figure('Live peak of the allocator, torch max_memory_allocated'),
        reserved_gib: figure('Reserved peak of the allocator, torch max_memory_reserved'),
        peak_gib: figure('Peak as nvidia-smi shows it: the limit is held against this'),
        low_gib: figure('Low end of the range of peak_gib, under the most favorable reading of what is assumed'),
        high_gib: figure('High end of the range of peak_gib, under the worst reading of what is assumed'),
        limit_gib: figure('What the limit is called: the 80 GB of an A100-80GB'),
        usable_gib: figure('What a process can use of the limit'),
        fits_probability: figure('How likely the peak stays within usable_gib, by the range'),
        evidence: z
          .enum(['measured', 'replayed', 'read', 'unknown'])
          .nullable()
          .describe(
            'What is known of the trainer: measured runs, its code run without data, its code read, or nothing',
          ),
        breakdown_gib: z
          .record(z.string(), z.number())
          .nullable()
          .describe('Parts of peak_gib by name; they add up to it, up to rounding; null when it cannot be known'),
        assumed: z
          .array(
            z.strictObject({
              field: z.string().describe('Field that nobody states'),
              taken: z.string().describe('What was taken, in words'),
              otherwise: z.string().describe('What it may be as well, in words'),
              peak_gib: z.number().describe('peak_gib with the other value'),
            }),
          )
          .describe('Assumptions that move peak_gib, what moves it most first'),
        timeline_gib: z
          .array(
            z.strictObject({
              moment: z
                .string()
                .describe('forward (its end), loss, backward (its first layer), end-of-backward or optimizer-step'),
              parts: z.record(z.string(), z.number()).describe('What lives then, by the names of breakdown_gib'),
            }),
          )
          .nullable()
          .describe('The moments of a step in order, with what lives at each; the fullest is breakdown_gib'),
      })
      .describe('Peak memory of the fullest GPU, in GiB (2^30 bytes)'),
    compute: z
      .strictObject({
        tokens: figure('Tokens of the whole training'),
        flops_per_token: figure('Model FLOPs of one token, forward and backward'),
        mfu: figure('Model FLOPs utilization'),
        gpu_hours: figure('Device-hours of the whole training'),
        low_gpu_hours: figure('Low end of the range of gpu_hours'),
        high_gpu_hours: figure('High end of the range of gpu_hours'),
        wall_clock_hours: figure('Hours of the whole training on all its GPUs'),
        tokens_per_second_per_gpu: figure('Steady throughput of one GPU'),
        low_tokens_per_second_per_gpu: figure('Low end of its range'),
        high_tokens_per_second_per_gpu: figure('High end of its range'),
        hardware_flops_per_token: figure('FLOPs of one token with what checkpointing computes again'),
        steady_gpu_hours: figure('Part of gpu_hours that trains'),
        overhead_gpu_hours: figure('Part of gpu_hours for evaluation, checkpoints and restarts'),
        gpu_hours_per_billion_tokens: figure('Device-hours of a billion tokens, overhead included'),
      })
      .describe('Work and time of the whole training'),
    cost: z
      .strictObject({
        usd: figure('Cost of the whole training in US dollars'),
        usd_per_gpu_hour: figure('Price of one GPU for one hour'),
        price_source: z.string().nullable().describe('Who says so, and when; null without a price'),
      })
      .describe('Cost of the whole training'),
    host: z
      .strictObject({
        low_gib: z.number().describe('CPU memory that a machine needs at least'),
        high_gib: z.number().describe('What it may need'),
        stated_gib: figure('What the launcher or the policy gives it'),
        machines: z.int().describe('Machines of the run'),
        gpus_per_machine: z.int().describe('GPUs that share its memory'),
        parts: z
          .array(
            z.strictObject({
              what: z.string().describe('offloaded states, offloaded activations, or loading the model'),
              low_gib: z.number().describe('At least'),
              high_gib: z.number().describe('At most'),
              reason: z.string().describe('How it comes about'),
            }),
          )
          .describe('What it is for; loading and what is offloaded do not meet'),
      })
      .nullable()
      .describe('CPU memory of a machine, in GiB; null where nothing is offloaded or loaded, or it cannot be told'),
    checkpoint: z
      .strictObject({
        gib: z.number().describe("One checkpoint, with the optimizer's states"),
        weights_gib: z.number().describe('The weights alone'),
        count: z.int().nullable().describe('Checkpoints at the end if none is deleted; null where it is not known'),
        total_gib: figure('All of them together'),
      })
      .nullable()
      .describe('What the run writes to disk, in GiB'),
    inference: z
      .strictObject({
        usd_per_million_tokens: figure('Cost of generating a million tokens with their input, in US dollars'),
        usd_per_million_input_tokens: figure('Cost of a million input tokens alone'),
        usd_per_million_output_tokens: figure('Cost of a million output tokens alone'),
        utilization: figure('Share of the paid hours at full load that the cost assumes'),
      })
      .describe('Cost of using the model'),
    plan: z
      .strictObject({
        row: z
          .string()
          .nullable()
          .describe(
            'Row of the plan that the run is held against, scale or stage; null where there is none, or several',
          ),
        row_kind: z.enum(['scale', 'stage']).nullable().describe('What the row is'),
        row_candidates: z.array(z.string()).describe('Rows between which nothing decides'),
        row_reason: z.string().nullable().describe('Why that row, or why none of the candidates'),
        scale: z.string().nullable().describe('Scale by parameters; null beyond the largest, and without scales'),
        largest_scale: z.string().nullable().describe('Largest row of the plan, where the run is beyond it; else null'),
        parameters: planned('Parameters that the row plans'),
        memory_gib: planned('Memory per GPU that the row plans, in GiB'),
        gpu_hours: planned('GPU-hours that the row plans'),
        cost_usd: planned('Training cost that the row plans, in US dollars'),
        usd_per_million_tokens: planned('Inference cost that the row plans'),
        data_hours: planned('Hours of data that the row asks for'),
        validated: z.boolean().describe('The row carries evidence of a finished run'),
      })
      .nullable()
      .describe('Place on the plan; null where no row of it is known'),
    calibration: z
      .strictObject({
        scale: z.string().describe('Scale of the finished run'),
        date: z.string().nullable().describe('Day on which it finished; null where the plan leaves that out'),
        memory_ratio: z.number().nullable().describe('Its measured peak memory over the estimate of that day'),
        gpu_hours_ratio: z.number().nullable().describe('Its measured GPU-hours over the estimate of that day'),
        peak_gib: figure('memory.peak_gib × memory_ratio'),
        gpu_hours: figure('compute.gpu_hours × gpu_hours_ratio'),
      })
      .nullable()
      .describe("The estimate by the team's own runs; null where the plan records none near its scale"),
    assumptions: z
      .array(
        z.strictObject({
          field: z.string().describe('Field of the run'),
          value: z.string().describe('Value that was taken'),
          reason: z.string().describe('Why that value'),
          decides: z
            .boolean()
            .describe('With another value the run would fit where it does not, or the other way round'),
        }),
      )
      .describe('Values that the config does not state'),
    unknown: z
      .array(
        z.strictObject({
          field: z.string().describe('Figure that is null'),
          reason: z.string().describe('Why, and what to add so that it can be known'),
        }),
      )
      .describe('Figures that cannot be known'),
    not_read: z
      .array(
        z.strictObject({
          key: z.string().describe('Key of a config, or flag of a command'),
          path: z.string().describe('File that states it'),
          line: z.number().describe('Line, from 1'),
          column: z.number().describe('Column, from 1'),
        }),
      )
      .describe('What looks as if it decides what the run costs, and is not in the estimate'),
  })
  .describe('Estimate of one training run by scalegate');

export type RunReport = z.infer<typeof RunReport>;

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
