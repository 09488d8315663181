import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { parseStrictDocument } from '../document/parse-document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import type { Facts } from '../run/facts.ts';
import { factsFrom } from '../run/run-schema.ts';
import { gibibyte } from '../units/bytes.ts';
import { arrangeScales } from './arrange-scales.ts';
import { documentTables } from './table/document-tables.ts';
import { readTablePlan } from './table-plan.ts';
import { duplicateRow } from './table/told-apart.ts';
import { rowKey } from './row-key.ts';
import { PlanFile, PlanFileRecommendations, PlanFileScale } from './plan-file.ts';
import { nothingStated, type Figure, type Plan, type Recommendations, type Scale, type Validation } from './plan.ts';

/** The file with its parts unread, so that a mistake in one of them leaves the others readable. */
const Outline = PlanFile.extend({
  baseline: z.unknown().optional(),
  assumptions: z.unknown().optional(),
  scales: z.array(z.unknown()).min(1).max(100),
  recommendations: z.unknown().optional(),
});

/**
 * Reads a plan in YAML or JSON. A scale with a mistake is left out with its problems, and the rest is still read; a plan
 * without any scale is none.
 */
export function readYamlPlan(path: string, text: string): { plan: Plan | null; problems: readonly Problem[] } {
  const { document, problems: syntaxProblems } = parseStrictDocument(path, text);
  if (document === null) return { plan: null, problems: syntaxProblems };
  // Without the mark of this format, the team's own keys are read as a table's headers
  if (valueAt(document.value, ['scalegate_plan']) === undefined && valueAt(document.value, ['scales']) === undefined) {
    const own = readTablePlan(path, documentTables(document, path));
    if (own.plan !== null) return { plan: own.plan, problems: [...syntaxProblems, ...own.problems] };
  }
  const problems: Problem[] = [...syntaxProblems];
  const collect = <Reading extends { readonly problems: readonly Problem[] }>(reading: Reading): Reading => {
    problems.push(...reading.problems);
    return reading;
  };
  const outline = collect(readWithSchema(document, Outline)).value;
  if (outline === null) return { plan: null, problems };

  const stated = outline.scales.flatMap((_, index) => {
    const { value } = collect(readWithSchema(document, PlanFileScale, ['scales', index]));
    return value === null ? [] : [scaleOf(value, document, index)];
  });
  const { scales } = collect(arrangeScales(collect(withoutRepeats(stated)).scales));
  const factsAt = (key: string): Facts =>
    valueAt(document.value, [key]) == null ? {} : collect(factsFrom(document, [key], 'plan')).facts;
  const facts = factsAt('assumptions');
  const baseline = factsAt('baseline');
  const advice = collect(readWithSchema(document, PlanFileRecommendations.nullish(), ['recommendations'])).value;
  if (scales.length === 0) return { plan: null, problems };
  const recommendations = recommendationsOf(advice ?? {}, document);
  return {
    plan: { path, title: outline.title ?? path, scales, stages: [], total: null, facts, baseline, recommendations },
    problems,
  };
}

/** A name that comes twice keeps its first row. */
function withoutRepeats(stated: readonly Scale[]): { scales: readonly Scale[]; problems: readonly Problem[] } {
  const scales = new Map<string, Scale>();
  const problems: Problem[] = [];
  for (const scale of stated) {
    const first = scales.get(rowKey(scale.name));
    if (first === undefined) scales.set(rowKey(scale.name), scale);
    else problems.push({ ...duplicateRow(scale, first), key: null });
  }
  return { scales: [...scales.values()], problems };
}

function scaleOf(scale: z.output<typeof PlanFileScale>, document: Document, index: number): Scale {
  const keys = ['scales', index];
  const figure = (key: keyof typeof scale, unit?: Unit) => figureAt(document, [...keys, key], scale[key], unit);
  const costUsd = figure('cost_usd', usd);
  return {
    ...nothingStated,
    name: scale.name,
    kind: 'scale',
    place: document.placeOf([...keys, 'name']),
    parameters: { ...statedAt(document, [...keys, 'parameters']), value: scale.parameters },
    samples: figure('samples'),
    gpuHours: figure('gpu_hours'),
    notes: scale.notes ?? null,
    modelMemoryBytes: figure('model_memory_gib', gib),
    activationMemoryBytes: figure('activation_memory_gib', gib),
    memoryBytes: figure('memory_gib', gib),
    dataHours: figure('data_hours'),
    cost: costUsd && { ...costUsd, currency: 'USD' },
    costUsd,
    usdPerMillionTokens: figure('usd_per_million_tokens', usd),
    validation: scale.validation == null ? null : validationOf(scale.validation, document, [...keys, 'validation']),
  };
}

function validationOf(
  { link, date, ...figures }: NonNullable<z.output<typeof PlanFileScale>['validation']>,
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
