import { z } from 'zod';
import type { Fit, FitAnswer } from '../../../fit/fit.ts';
import { gibOf, rounded } from '../../rounded.ts';

/** A change to a config with which it fits, for tools. */
export const FitReport = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        field: z.string().describe('Field of the run'),
        key: z.string().describe("Key in the config's own dialect"),
        from: z.string().describe('Value as it stands, stated or assumed'),
        to: z.string().describe('Value with which it fits'),
      }),
    )
    .describe('What changes'),
  lines: z
    .array(
      z.strictObject({
        line: z.int().describe('Line of the config, from 1; of an added line, the one that it follows'),
        before: z.string().nullable().describe('The line as it stands; null for one that is added'),
        after: z.string().nullable().describe('The line as it should be; null for one that goes'),
      }),
    )
    .describe('The lines to change'),
  launcher: z
    .string()
    .nullable()
    .describe('The script that starts the config, where the lines are that one’s; else null'),
  peak_gib: z.number().nullable().describe('Peak memory per GPU with the change, in GiB'),
  low_gib: z.number().nullable().describe('Low end of the range of peak_gib'),
  high_gib: z.number().nullable().describe('High end of the range of peak_gib'),
  comfortable: z.boolean().describe('Even high_gib fits'),
  gpu_hours: z.number().nullable().describe('Device-hours of the whole training with the change'),
  gpu_hours_ratio: z.number().nullable().describe('gpu_hours over those of the config as it stands'),
  cost_usd: z.number().nullable().describe('Cost of the whole training with the change, in US dollars'),
  uncounted: z.array(z.string()).describe('What takes time and is not in gpu_hours'),
  difference: z.string().nullable().describe('What makes it another training, or needs other hardware; else null'),
});

export type FitReport = z.infer<typeof FitReport>;

/** What makes one config fit, for tools: the object that `scalegate fit --json` prints. */
export const FitAnswerReport = z
  .strictObject({
    schema_version: z.literal(1).describe('Version of this form; grows when a field changes its meaning or goes'),
    path: z.string().describe('Path of the config'),
    fits_already: z.boolean().describe('It fits as it stands'),
    peak_gib: z.number().nullable().describe('Peak memory per GPU as it stands, in GiB'),
    usable_gib: z.number().nullable().describe('What a process can use of the limit, in GiB'),
    limit_source: z.string().nullable().describe('Who sets the limit'),
    fits: z.array(FitReport).describe('The smallest changes that make it fit, ordered by the time that they cost'),
    reason: z.string().nullable().describe('Why there are no fits; null where there are, or none is needed'),
    largest_micro_batch: z.int().nullable().describe('Largest micro batch that fits when nothing else changes'),
    gpus: z
      .array(
        z.strictObject({
          gpu: z.string().describe('Name in the catalog'),
          usable_gib: z.number().nullable().describe('What a process can use of its memory, in GiB'),
          gpu_hours: z.number().nullable().describe('Device-hours of the whole training on it'),
          cost_usd: z.number().nullable().describe('Cost of the whole training on it, in US dollars'),
          usd_per_gpu_hour: z.number().describe('Price of one for one hour'),
          price_source: z.string().describe('Who says so, and when'),
        }),
      )
      .describe('GPUs of the catalog on which it fits as it stands, cheapest first'),
    candidates: z.int().describe('Variants whose memory was estimated'),
  })
  .describe('What makes a training config fit, by scalegate');

export type FitAnswerReport = z.infer<typeof FitAnswerReport>;

export function fitAnswerReport(answer: FitAnswer): FitAnswerReport {
  const { estimate, limit } = answer.asked;
  return {
    schema_version: 1,
    path: answer.path,
    fits_already: answer.fitsAlready,
    peak_gib: gibOf(estimate.memory?.peakBytes ?? null),
    usable_gib: gibOf(limit?.usableBytes ?? null),
    limit_source: limit?.source ?? null,
    fits: answer.fits.map(fitReport),
    reason: answer.reason,
    largest_micro_batch: answer.largestMicroBatch,
    gpus: answer.gpus.map((gpu) => ({
      gpu: gpu.name,
      usable_gib: gibOf(gpu.usableBytes),
      gpu_hours: rounded(gpu.gpuHours, 3),
      cost_usd: rounded(gpu.usd, 2),
      usd_per_gpu_hour: gpu.usdPerGpuHour,
      price_source: gpu.priceSource,
    })),
    candidates: answer.candidates,
  };
}

export function fitReport({
  changes,
  lines,
  launcher,
  estimated,
  isComfortable,
  hoursRatio,
  uncounted,
  difference,
}: Fit): FitReport {
  const { memory, compute, cost } = estimated.estimate;
  return {
    changes: changes.map(({ field, key, from, to }) => ({ field, key, from, to })),
    lines: lines.map(({ line, before, after }) => ({ line, before, after })),
    launcher,
    peak_gib: gibOf(memory?.peakBytes ?? null),
    low_gib: gibOf(memory?.lowBytes ?? null),
    high_gib: gibOf(memory?.highBytes ?? null),
    comfortable: isComfortable,
    gpu_hours: rounded(compute?.gpuHours ?? null, 3),
    gpu_hours_ratio: rounded(hoursRatio, 4),
    cost_usd: rounded(cost?.usd ?? null, 2),
    uncounted: [...uncounted],
    difference,
  };
}
