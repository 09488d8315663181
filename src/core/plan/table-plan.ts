import type { Problem } from '../problem.ts';
import { arrangeScales } from './arrange-scales.ts';
import type { Plan } from './plan.ts';
import { readTables } from './table/read-tables.ts';
import type { Table } from './table/table.ts';

/** A plan that is nothing but tables: a CSV file, or YAML of the team's own keys. */
export function readTablePlan(
  path: string,
  tables: readonly Table[],
): { plan: Plan | null; problems: readonly Problem[] } {
  const read = readTables(path, tables);
  const { scales, problems } = arrangeScales(read.scales);
  if (scales.length + read.stages.length === 0) return { plan: null, problems: read.problems };
  const recommendations = { growthFactor: null, checkpointShare: null, monitor: null, augmentationFactor: null };
  const { stages, total } = read;
  return {
    plan: { path, title: path, scales, stages, total, facts: {}, baseline: {}, recommendations },
    problems: [...read.problems, ...problems],
  };
}
