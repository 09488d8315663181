import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import type { Cost, Figure, PlanRow, Scale } from '../plan.ts';
import { readEvidence } from './evidence.ts';
import type { FigureMeaning } from './meaning.ts';
import { isStageTitle } from './name-column.ts';
import type { TableRow } from './table-row.ts';
import type { ReadTable } from './read-table.ts';
import { isOptional } from './totals.ts';

/** Work on a model that is there already, and no step up the ladder. */
const stageName =
  /\b(?:fine-?tun\w*|sft|dpo|ppo|grpo|rlhf|rlvr|rl|lora|qlora|distil\w*|post-?train\w*|mid-?train\w*|ablations?|sweeps?|eval\w*|smoke|debug\w*)\b/i;

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
    if (first === undefined || owner === undefined) continue;
    const row = mergeRows(first, rows, problems);
    const asksSize = owner.columns.some(({ meaning }) => meaning === 'parameters');
    if (isEmpty(row)) {
      if (rows.every((own) => own.problems.length === 0)) problems.push(emptyRow(first, asksSize));
    } else if (row.parameters !== null && isLadder(owner) && !stageName.test(row.name))
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

function mergeRows(first: TableRow, rows: readonly TableRow[], problems: Problem[]): PlanRow {
  const figure = (meaning: FigureMeaning): Figure | null =>
    mergeFigure(
      first.name,
      rows.flatMap(({ figures }) => figures.get(meaning) ?? []),
      problems,
    );
  const cost: Cost | null = mergeFigure(
    first.name,
    rows.flatMap((row) => row.cost ?? []),
    problems,
  );
  const costUsd = cost?.currency === 'USD' ? cost : null;
  return {
    name: first.name,
    place: first.place,
    kind: 'stage',
    parameters: figure('parameters'),
    tokens: figure('tokens'),
    samples: figure('samples'),
    steps: figure('steps'),
    gpu: rows.find(({ gpu }) => gpu !== null)?.gpu ?? null,
    gpuCount: figure('gpuCount'),
    gpuHours: figure('gpuHours'),
    wallClockHours: figure('wallClock'),
    alternatives: rows.find(({ alternatives }) => alternatives.length > 0)?.alternatives ?? [],
    cost,
    costUsd,
    notes: rows.find(({ notes }) => notes !== null)?.notes ?? null,
    modelMemoryBytes: figure('modelMemory'),
    activationMemoryBytes: figure('activationMemory'),
    memoryBytes: figure('memory'),
    dataHours: figure('dataHours'),
    usdPerMillionTokens: figure('inferencePrice'),
    isOptional: rows.some(isOptional),
    validation: validationOf(rows, problems),
  };
}

function mergeFigure<Kind extends Figure>(name: string, figures: readonly Kind[], problems: Problem[]): Kind | null {
  const [first, ...others] = figures;
  if (first === undefined) return null;
  for (const other of others) if (other.value !== first.value) problems.push(conflict(name, first, other));
  return first;
}

function validationOf(rows: readonly TableRow[], problems: Problem[]): PlanRow['validation'] {
  const readings = rows.map(readEvidence);
  for (const reading of readings) problems.push(...reading.problems);
  return readings.find(({ validation }) => validation !== null)?.validation ?? null;
}

function emptyRow({ name, place }: TableRow, asksSize: boolean): Problem {
  const message = asksSize
    ? `The scale ${showText(name)} has no parameters.`
    : `The row ${showText(name)} plans nothing.`;
  const hint = asksSize ? 'A run is matched to its scale by them.' : 'Give it hours, cost, tokens, samples or steps.';
  return { code: asksSize ? 'missing-parameters' : 'empty-row', place, key: name, message, hint };
}

function conflict(key: string, first: Figure, other: Figure): Problem {
  const message = `${showText(other.text)} is not what line ${first.place.line} says: ${showText(first.text)}.`;
  return {
    code: 'conflicting-figures',
    place: other.place,
    key,
    message,
    hint: 'State the figure once; the first one is taken.',
  };
}
