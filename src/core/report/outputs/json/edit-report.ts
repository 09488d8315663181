import { z } from 'zod';
import type { Edit } from '../../../attribution/edit.ts';
import { figureNames, figuresOf, type Figures } from '../../../estimate/figures.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import { gibOf, rounded } from '../../rounded.ts';
import { placeReport, PlaceReport } from './problem-report.ts';

const change = z.number().nullable();

const EffectReport = z.strictObject({
  parameters: change.describe('Parameters'),
  memory_gib: change.describe('Peak memory per GPU, in GiB'),
  gpu_hours: change.describe('GPU-hours'),
  cost_usd: change.describe('Cost in US dollars'),
  wall_clock_hours: change.describe('Hours on all GPUs'),
});

/** What one changed key does to a run, for tools. */
export const EditReport = z
  .strictObject({
    key: z.string().describe('Key as the config writes it'),
    fields: z.array(z.string()).describe('What it says of the run, in the names of the run config'),
    from: z.string().nullable().describe('Value at the base; null where the key is new'),
    to: z.string().nullable().describe('Value at the head; null where the key is gone'),
    place: PlaceReport,
    alone: EffectReport.describe('Head minus the head without this edit; null when it cannot be known'),
    share: EffectReport.describe('Fair share of the change; the shares of all edits add up to it'),
  })
  .describe('One changed key');

export type EditReport = z.infer<typeof EditReport>;

export function editReport(
  { key, fields, from, to, place, without, share }: Edit,
  head: EstimatedRun | null,
): EditReport {
  const after = head === null ? null : figuresOf(head);
  const alone = figureNames.map((name) => {
    const [now, then] = [after?.[name] ?? null, without[name]];
    return [name, now === null || then === null ? null : now - then];
  });
  // One entry for each figure
  const effect = Object.fromEntries(alone) as unknown as Figures;
  return {
    key,
    fields: [...fields],
    from,
    to,
    place: placeReport(place),
    alone: effectReport(effect),
    share: effectReport(share),
  };
}

function effectReport(figures: Figures): EditReport['share'] {
  return {
    parameters: rounded(figures.parameters, 0),
    memory_gib: gibOf(figures.memoryBytes),
    gpu_hours: rounded(figures.gpuHours, 3),
    cost_usd: rounded(figures.costUsd, 2),
    wall_clock_hours: rounded(figures.wallClockHours, 3),
  };
}
