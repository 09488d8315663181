import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import { startOf, type Problem } from '../problem.ts';
import type { Facts } from '../run/facts.ts';
import { factsFrom } from '../run/run-schema.ts';
import { gibibyte } from '../units/bytes.ts';
import { arrangeScales } from './arrange-scales.ts';
import { duplicateRow } from './table/told-apart.ts';
import { rowKey } from './row-key.ts';
import { PlanFile, PlanFileRecommendations, PlanFileScale, PlanFileStage, PlanFileTotal } from './plan-file.ts';
import type { PlanReading } from './plan-document.ts';
import { settledHours } from './table/settle-hours.ts';
import {
  nothingStated,
  type Figure,
  type PlanRow,
  type PlanTotal,
  type Recommendations,
  type Scale,
  type Validation,
} from './plan.ts';

/** The file with its parts unread, so that a mistake in one of them leaves the others readable. */
const Outline = PlanFile.extend({
  baseline: z.unknown().optional(),
  assumptions: z.unknown().optional(),
  scales: z.array(z.unknown()).min(1).max(100).optional(),
  stages: z.array(z.unknown()).min(1).max(100).optional(),
  total: z.unknown().optional(),
  recommendations: z.unknown().optional(),
});

/** Whether YAML is in this format; else the team's own keys are read as a table's headers. */
export function isPlanFile(value: unknown): boolean {
  return ['scalegate_plan', 'scales'].some((key) => valueAt(value, [key]) !== undefined);
}

/**
 * Reads a plan in YAML or JSON. A scale with a mistake is left out with its problems, and the rest is still read; a plan
 * without any scale is none.
 */
export function readYamlPlan(document: Document): PlanReading {
  const { path } = document;
  const problems: Problem[] = [];
  const collect = <Reading extends { readonly problems: readonly Problem[] }>(reading: Reading): Reading => {
    problems.push(...reading.problems);
    return reading;
  };
  const outline = collect(readWithSchema(document, Outline)).value;
  if (outline === null) return { plan: null, problems };

  const stated = (outline.scales ?? []).flatMap((_, index): Scale[] => {
    const { value } = collect(readWithSchema(document, PlanFileScale, ['scales', index]));
    const row = value === null ? null : collect(rowOf(value, document, ['scales', index])).row;
    return row?.parameters == null ? [] : [{ ...row, kind: 'scale', parameters: row.parameters }];
  });
  const named = (outline.stages ?? []).flatMap((_, index): PlanRow[] => {
    const { value } = collect(readWithSchema(document, PlanFileStage, ['stages', index]));
    return value === null ? [] : [collect(rowOf(value, document, ['stages', index])).row];
  });
  const { rows } = collect(withoutRepeats([...stated, ...named]));
  const { scales } = collect(arrangeScales(stated.filter((scale) => rows.includes(scale))));
  const stages = named.filter((stage) => rows.includes(stage));
  const factsAt = (key: string): Facts =>
    valueAt(document.value, [key]) == null ? {} : collect(factsFrom(document, [key], 'plan')).facts;
  const facts = factsAt('assumptions');
  const baseline = factsAt('baseline');
  const advice = collect(readWithSchema(document, PlanFileRecommendations.nullish(), ['recommendations'])).value;
  const total = collect(readWithSchema(document, PlanFileTotal.nullish(), ['total'])).value;
  if (scales.length + stages.length === 0)
    return { plan: null, problems: problems.length === 0 ? [noRows(path)] : problems };
  const recommendations = recommendationsOf(advice ?? {}, document);
  const plan = { path, title: outline.title ?? path, scales, stages, facts, baseline, recommendations };
  return { plan: { ...plan, total: total == null ? null : totalOf(total, document) }, problems };
}

function noRows(path: string): Problem {
  const message = 'The plan has neither scales nor stages.';
  return { code: 'no-plan', place: startOf(path), key: null, message, hint: 'Give it one of the two: a list of rows.' };
}

/** A name that comes twice keeps its first row. */
function withoutRepeats<Row extends PlanRow>(
  stated: readonly Row[],
): { rows: readonly Row[]; problems: readonly Problem[] } {
  const rows = new Map<string, Row>();
  const problems: Problem[] = [];
  for (const row of stated) {
    const first = rows.get(rowKey(row.name));
    if (first === undefined) rows.set(rowKey(row.name), row);
    else problems.push({ ...duplicateRow(row, first), key: null });
  }
  return { rows: [...rows.values()], problems };
}

function rowOf(
  row: z.output<typeof PlanFileStage>,
  document: Document,
  keys: KeyPath,
): { row: PlanRow; problems: readonly Problem[] } {
  const figure = (key: keyof typeof row, unit?: Unit) => figureAt(document, [...keys, key], row[key], unit);
  const costUsd = figure('cost_usd', usd);
  const [wallClock, gpuCount, stated] = [figure('wall_clock_hours'), figure('gpu_count'), figure('gpu_hours')];
  const { gpuHours, problems } = settledHours({ wallClock, gpuCount, gpuHours: stated }, row.name);
  return {
    problems,
    row: {
      ...nothingStated,
      name: row.name,
      kind: 'stage',
      place: document.placeOf([...keys, 'name']),
      parameters: figure('parameters'),
      tokens: figure('tokens'),
      samples: figure('samples'),
      steps: figure('steps'),
      gpu: row.gpu ?? null,
      gpuCount,
      gpuHours,
      wallClockHours: wallClock,
      notes: row.notes ?? null,
      modelMemoryBytes: figure('model_memory_gib', gib),
      activationMemoryBytes: figure('activation_memory_gib', gib),
      memoryBytes: figure('memory_gib', gib),
      dataHours: figure('data_hours'),
      cost: costUsd && { ...costUsd, currency: 'USD' },
      costUsd,
      usdPerMillionTokens: figure('usd_per_million_tokens', usd),
      isOptional: row.optional ?? false,
      validation: row.validation == null ? null : validationOf(row.validation, document, [...keys, 'validation']),
    },
  };
}

function totalOf(total: z.output<typeof PlanFileTotal>, document: Document): PlanTotal {
  const costUsd = figureAt(document, ['total', 'cost_usd'], total.cost_usd, usd);
  return {
    gpuHours: figureAt(document, ['total', 'gpu_hours'], total.gpu_hours),
    cost: costUsd && { ...costUsd, currency: 'USD' },
    place: document.placeOf(['total']),
  };
}

function validationOf(
  { link, date, ...figures }: NonNullable<z.output<typeof PlanFileStage>['validation']>,
  document: Document,
  keys: KeyPath,
): Validation {
  const figure = (key: keyof typeof figures, unit?: Unit) => figureAt(document, [...keys, key], figures[key], unit);
  return {
    link,
    date: date ?? null,
    peakMemoryBytes: figure('peak_memory_gib', gib),
    gpuHours: figure('gpu_hours'),
    predictedMemoryBytes: figure('predicted_memory_gib', gib),
    predictedGpuHours: figure('predicted_gpu_hours'),
    place: document.placeOf(keys),
  };
}

function recommendationsOf(advice: z.output<typeof PlanFileRecommendations>, document: Document): Recommendations {
  const figure = (key: keyof typeof advice) => figureAt(document, ['recommendations', key], advice[key]);
  return {
    growthFactor: figure('growth_factor'),
    checkpointShare: figure('checkpoint_share'),
    monitor: advice.monitor ?? null,
    augmentationFactor: figure('augmentation_factor'),
  };
}

/** How a key's figure is shown, and what it is in the units that the plan is kept in. */
interface Unit {
  readonly size: number;
  readonly print: (stated: string) => string;
}

const plain: Unit = { size: 1, print: (stated) => stated };
const gib: Unit = { size: gibibyte, print: (stated) => `${stated} GiB` };
const usd: Unit = { size: 1, print: (stated) => `$${stated}` };

function figureAt(document: Document, keys: KeyPath, value: unknown, unit = plain): Figure | null {
  if (typeof value !== 'number') return null;
  const { text, place } = statedAt(document, keys);
  return { value: value * unit.size, text: unit.print(text), place };
}

function statedAt(document: Document, keys: KeyPath): Omit<Figure, 'value'> {
  return { text: String(valueAt(document.value, keys)).trim(), place: document.placeOf(keys) };
}
