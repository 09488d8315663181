import type { EstimatedRow, PlannedRow } from './estimated-row.ts';

/** From so many on, configs of one folder with the same figures to two digits are a sweep. */
const fewestOfSweep = 4;

/** The rows of a plan: one for each config, and one for each sweep, whose largest figures are its own. */
export function withSweeps(runs: readonly EstimatedRow[]): readonly PlannedRow[] {
  const groups = new Map<string, EstimatedRow[]>();
  for (const run of runs) {
    const { parameters, tokens, gpu, gpuCount, gpuHours, memoryBytes, isFineTuning } = run;
    const rounded = [gpuHours, memoryBytes].map((figure) => figure?.toPrecision(2));
    const key = JSON.stringify([folderOf(run.path), parameters, tokens, gpu, gpuCount, rounded, isFineTuning]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const sweepsIn = new Map<string, number>();
  for (const [first, ...others] of groups.values())
    if (first !== undefined && others.length + 1 >= fewestOfSweep)
      sweepsIn.set(folderOf(first.path), (sweepsIn.get(folderOf(first.path)) ?? 0) + 1);
  return [...groups.values()].flatMap((same): readonly PlannedRow[] => {
    const [first] = same;
    const folder = first === undefined ? '' : folderOf(first.path);
    // Two sweeps of one folder would need names that nothing gives them
    if (first === undefined || same.length < fewestOfSweep || folder === '' || (sweepsIn.get(folder) ?? 0) > 1)
      return same.map((run) => ({ ...run, configs: 1 }));
    const largest = (figure: (run: EstimatedRow) => number | null): number | null =>
      same.reduce<number | null>((most, run) => {
        const value = figure(run);
        return value === null ? most : Math.max(most ?? 0, value);
      }, null);
    return [
      {
        ...first,
        name: null,
        path: `${folder}/`,
        configs: same.length,
        gpuHours: largest(({ gpuHours }) => gpuHours),
        memoryBytes: largest(({ memoryBytes }) => memoryBytes),
        costUsd: largest(({ costUsd }) => costUsd),
      },
    ];
  });
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
