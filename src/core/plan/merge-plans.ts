import type { Problem } from '../problem.ts';
import { arrangeScales } from './arrange-scales.ts';
import { merged, mergeRows } from './merge-rows.ts';
import type { Plan, PlanRow, PlanTotal, Recommendations, Scale } from './plan.ts';
import type { PlanReading } from './plan-document.ts';
import { rowKey } from './row-key.ts';

/** Several plans as one: rows of one name are one row, and for the rest the first that says something counts. */
export function mergePlans(plans: readonly Plan[]): PlanReading {
  const [first, ...others] = plans;
  if (first === undefined || others.length === 0) return { plan: first ?? null, problems: [] };
  const problems: Problem[] = [];
  const byName = new Map<string, PlanRow[]>();
  for (const row of plans.flatMap(rowsOf)) {
    const key = rowKey(row.name);
    byName.set(key, [...(byName.get(key) ?? []), row]);
  }
  const rows = [...byName.values()].flatMap(([own, ...more]): PlanRow[] => {
    if (own === undefined) return [];
    const { row, problems: conflicts } = mergeRows(own, more);
    problems.push(...conflicts);
    return [row];
  });
  const { scales, problems: tooMany } = arrangeScales(rows.filter(isScale));
  const plan: Plan = {
    path: first.path,
    title: plans.find(({ path, title }) => title !== path)?.title ?? first.title,
    scales,
    stages: rows.filter((row) => row.kind === 'stage'),
    total: mergeTotals(plans, problems),
    facts: Object.assign({}, ...plans.toReversed().map(({ facts }) => facts)) as Plan['facts'],
    baseline: plans.find(({ baseline }) => Object.keys(baseline).length > 0)?.baseline ?? {},
    recommendations: mergeRecommendations(plans),
  };
  return { plan, problems: [...problems, ...tooMany] };
}

function rowsOf({ scales, stages }: Plan): readonly PlanRow[] {
  return [...scales, ...stages];
}

function isScale(row: PlanRow): row is Scale {
  return row.kind === 'scale' && row.parameters !== null;
}

function mergeTotals(plans: readonly Plan[], problems: Problem[]): PlanTotal | null {
  const totals = plans.flatMap(({ total }) => total ?? []);
  const [first] = totals;
  if (first === undefined) return null;
  return {
    place: first.place,
    gpuHours: merged(
      'Total',
      totals.flatMap(({ gpuHours }) => gpuHours ?? []),
      problems,
    ),
    cost: merged(
      'Total',
      totals.flatMap(({ cost }) => cost ?? []),
      problems,
    ),
  };
}

function mergeRecommendations(plans: readonly Plan[]): Recommendations {
  const firstOf = <Key extends keyof Recommendations>(key: Key): Recommendations[Key] | null =>
    plans.map(({ recommendations }) => recommendations[key]).find((advice) => advice !== null) ?? null;
  return {
    growthFactor: firstOf('growthFactor'),
    checkpointShare: firstOf('checkpointShare'),
    monitor: firstOf('monitor'),
    augmentationFactor: firstOf('augmentationFactor'),
  };
}
