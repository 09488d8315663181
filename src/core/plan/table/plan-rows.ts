import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import { mergeRows } from '../merge-rows.ts';
import type { Figure, PlanRow, Scale } from '../plan.ts';
import { readEvidence } from './evidence.ts';
import type { FigureMeaning } from './meaning.ts';
import { isStageTitle } from './name-column.ts';
import { isStageName } from './stage-name.ts';
import type { TableRow } from './table-row.ts';
import type { ReadTable } from './read-table.ts';
import { isOptional } from './totals.ts';

/** The rows of a plan, each from all table rows of its name; scales and stages in the order of the file. */
export function planRows(
  groups: readonly (readonly [key: string, rows: readonly TableRow[]])[],
  owners: ReadonlyMap<string, ReadTable>,
  problems: Problem[],
): { scales: readonly Scale[]; stages: readonly PlanRow[] } {
  const scales: Scale[] = [];
  const stages: PlanRow[] = [];
  for (const [key, rows] of groups) {
    const owner = owners.get(key);
    const [first] = rows;
    const [own, ...others] = rows.map((row) => rowOf(row, problems));
    if (first === undefined || own === undefined || owner === undefined) continue;
    const { row, problems: conflicts } = mergeRows(own, others);
    problems.push(...conflicts);
    const asksSize = owner.columns.some(({ meaning }) => meaning === 'parameters');
    if (isEmpty(row)) {
      if (rows.every((own) => own.problems.length === 0)) problems.push(emptyRow(first, asksSize));
    } else if (row.parameters !== null && isLadder(owner) && !isStageName(row.name))
      scales.push({ ...row, kind: 'scale', parameters: row.parameters });
    else stages.push(row);
  }
  return { scales, stages };
}

/** Rows of two sizes or more are a ladder; rows of one size are stages where they are headed so. */
function isLadder({ rows, columns }: ReadTable): boolean {
  const sizes = new Set(rows.flatMap(({ figures }) => figures.get('parameters')?.value ?? []));
  const title = columns.find(({ meaning }) => meaning === 'name')?.title ?? '';
  if (!columns.some(({ meaning }) => meaning === 'parameters') && isStageTitle(title)) return false;
  return sizes.size > 1 || !isStageTitle(title);
}

function isEmpty(row: PlanRow): boolean {
  const { gpuHours, wallClockHours, cost, tokens, samples, steps, parameters, memoryBytes, alternatives } = row;
  return (
    [gpuHours, wallClockHours, cost, tokens, samples, steps, parameters, memoryBytes].every(
      (figure) => figure === null,
    ) && alternatives.length === 0
  );
}

/** What one table says of a row. */
function rowOf(row: TableRow, problems: Problem[]): PlanRow {
  const figure = (meaning: FigureMeaning): Figure | null => row.figures.get(meaning) ?? null;
  const { name, place, gpu, alternatives, cost, notes } = row;
  const { validation, problems: evidenceProblems } = readEvidence(row);
  problems.push(...evidenceProblems);
  return {
    name,
    place,
    kind: 'stage',
    parameters: figure('parameters'),
    tokens: figure('tokens'),
    samples: figure('samples'),
    steps: figure('steps'),
    gpu,
    gpuCount: figure('gpuCount'),
    gpuHours: figure('gpuHours'),
    wallClockHours: figure('wallClock'),
    alternatives,
    cost,
    costUsd: cost?.currency === 'USD' ? cost : null,
    notes,
    modelMemoryBytes: figure('modelMemory'),
    activationMemoryBytes: figure('activationMemory'),
    memoryBytes: figure('memory'),
    dataHours: figure('dataHours'),
    usdPerMillionTokens: figure('inferencePrice'),
    isOptional: isOptional(row),
    validation,
  };
}

function emptyRow({ name, place }: TableRow, asksSize: boolean): Problem {
  const message = asksSize
    ? `The scale ${showText(name)} has no parameters.`
    : `The row ${showText(name)} plans nothing.`;
  const hint = asksSize ? 'A run is matched to its scale by them.' : 'Give it hours, cost, tokens, samples or steps.';
  return { code: asksSize ? 'missing-parameters' : 'empty-row', place, key: name, message, hint };
}
