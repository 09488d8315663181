import type { Problem } from '../problem.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Figure, Plan, PlanRow } from './plan.ts';

interface Range {
  readonly low: number | null;
  readonly high: number | null;
}

/** A plan as `plan show --json` prints it: a contract that tools rely on. */
export function planJson(path: string, plan: Plan | null, problems: readonly Problem[]) {
  const rows = plan === null ? [] : [...plan.scales, ...plan.stages];
  const files = [...new Set([plan?.path, ...rows.map(({ place }) => place.path)])];
  const inOrder = rows.toSorted(
    ({ place: a }, { place: b }) => files.indexOf(a.path) - files.indexOf(b.path) || a.line - b.line,
  );
  return {
    schema_version: 1,
    plan: path,
    title: plan?.title ?? null,
    is_plan: plan !== null,
    rows: inOrder.map(rowJson),
    total:
      plan?.total == null
        ? null
        : { gpu_hours: rangeOf(plan.total.gpuHours), cost: costOf(plan.total.cost), line: plan.total.place.line },
    facts: plan === null ? {} : plan.facts,
    baseline: plan === null ? {} : plan.baseline,
    recommendations: plan === null ? null : recommendationsOf(plan),
    problems,
  };
}

function rowJson(row: PlanRow) {
  const bytes = row.memoryBytes ?? row.validation?.peakMemoryBytes ?? null;
  return {
    name: row.name,
    kind: row.kind,
    file: row.place.path,
    line: row.place.line,
    parameters: row.parameters?.value ?? null,
    tokens: row.tokens?.value ?? null,
    samples: row.samples?.value ?? null,
    steps: row.steps?.value ?? null,
    gpu: row.gpu,
    gpu_count: row.gpuCount?.value ?? null,
    gpu_hours: rangeOf(row.gpuHours),
    wall_clock_hours: rangeOf(row.wallClockHours),
    alternatives: row.alternatives.map(({ gpu, gpuHours }) => ({ gpu, gpu_hours: rangeOf(gpuHours) })),
    cost: costOf(row.cost),
    memory_gib: bytes === null ? null : bytes.value / gibibyte,
    data_hours: row.dataHours?.value ?? null,
    usd_per_million_tokens: row.usdPerMillionTokens?.value ?? null,
    notes: row.notes,
    optional: row.isOptional,
    evidence: row.validation === null ? null : row.validation.link,
  };
}

function costOf(cost: PlanRow['cost']): (Range & { currency: string }) | null {
  const range = rangeOf(cost);
  return cost === null || range === null ? null : { ...range, currency: cost.currency };
}

/** Both ends; null for one that the plan leaves open. */
function rangeOf(figure: Figure | null): Range | null {
  if (figure === null) return null;
  return {
    low: figure.low === undefined ? figure.value : figure.low,
    high: figure.isOpen === true ? null : figure.value,
  };
}

function recommendationsOf({ recommendations }: Plan) {
  const { growthFactor, checkpointShare, monitor, augmentationFactor } = recommendations;
  return {
    growth_factor: growthFactor?.value ?? null,
    checkpoint_share: checkpointShare?.value ?? null,
    monitor,
    augmentation_factor: augmentationFactor?.value ?? null,
  };
}
