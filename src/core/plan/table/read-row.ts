import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import { onlyGpuIn } from '../amounts/gpu-mentions.ts';
import { holdsBudget } from '../amounts/holds-budget.ts';
import { isNotGiven } from '../markdown/not-given.ts';
import { plainText, type Span } from '../markdown/span.ts';
import type { Alternative, Cost, Figure } from '../plan.ts';
import type { Above } from './above.ts';
import type { Column } from './column.ts';
import { addFromName } from './figures-in-name.ts';
import { readGpuHours } from './gpu-hours-cell.ts';
import { countIn, gpusIn } from './gpus-in-cell.ts';
import type { FigureMeaning } from './meaning.ts';
import { quantitiesIn, readCell, readCost } from './read-cell.ts';
import { deriveFromNodes, settleHours } from './settle-hours.ts';
import { sizeInName } from './size-in-name.ts';
import type { TableRow } from './table-row.ts';
import type { Row } from './table.ts';

/** What the cells of a row say, each by its column, and what follows from them together. */
export function readRow(nameCell: Span, row: Row, columns: readonly Column[], above: Above): TableRow {
  const name = plainText(nameCell);
  const problems: Problem[] = [];
  const figures = new Map<FigureMeaning, Figure>();
  const texts: Partial<Record<'notes' | 'status', string>> = {};
  const spans: Partial<Record<'evidence' | 'date', Span>> = {};
  const hoursByGpu: Alternative[] = [];
  let [cost, gpu, filled]: [Cost | null, string | null, number] = [null, above.gpu, 0];
  const keep = (meaning: FigureMeaning, figure: Figure | null): void => {
    if (figure !== null && !figures.has(meaning)) figures.set(meaning, figure);
  };
  const keepCount = (count: number | null, cell: Span): void => {
    if (count !== null) keep('gpuCount', { value: count, text: plainText(cell), place: cell.place });
  };

  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index];
    if (cell === undefined) continue;
    const text = plainText(cell);
    const meaning = meaningIn(text, column);
    if (meaning === 'name' || isNotGiven(text)) continue;
    filled += 1;
    switch (meaning) {
      case 'notes':
      case 'status':
        texts[meaning] ??= text;
        break;
      case 'evidence':
      case 'date':
        spans[meaning] ??= cell;
        break;
      case 'gpu': {
        const own = gpusIn(text);
        gpu = own.gpu ?? gpu;
        keepCount(own.count, cell);
        if (holdsBudget(text)) problems.push(unreadFigure(cell, column, name));
        break;
      }
      case 'cost': {
        const reading = readCost(cell, column, above.currency);
        cost ??= reading.cost;
        if (reading.problem !== null) problems.push({ ...reading.problem, key: name });
        break;
      }
      case 'gpuHours': {
        const reading = readGpuHours(cell, column);
        if (reading.problem !== null) problems.push({ ...reading.problem, key: name });
        if (reading.figure !== null && column.gpu !== null)
          hoursByGpu.push({ gpu: column.gpu, gpuHours: reading.figure });
        else keep('gpuHours', reading.figure);
        gpu = onlyGpuIn(text) ?? gpu;
        break;
      }
      case 'parameters': {
        const reading = readCell(cell, column, 'parameters');
        // `Llama-3.1-8B`, `12L, 108.4M`
        const size = reading.figure === null ? sizeInName(text) : null;
        keep('parameters', size === null ? reading.figure : { ...size, text, place: cell.place });
        if (reading.problem !== null && size === null) problems.push({ ...reading.problem, key: name });
        break;
      }
      case null:
      case 'open':
      case 'setting':
      case 'calendar':
        if (holdsBudget(text)) problems.push(unreadFigure(cell, column, name));
        if (meaning === 'calendar') keepCount(countIn(text), cell);
        break;
      case 'score':
      case 'speed':
      case 'rate':
      case 'listing':
      case 'unclear':
        break;
      default: {
        const reading = readCell(cell, column, meaning);
        keep(meaning, reading.figure);
        if (reading.problem !== null) problems.push({ ...reading.problem, key: name });
        if (meaning === 'wallClock' || meaning === 'gpuCount') {
          gpu = onlyGpuIn(text) ?? gpu;
          if (meaning === 'wallClock') keepCount(countIn(text), cell);
        }
      }
    }
  }

  const [only] = hoursByGpu;
  if (hoursByGpu.length === 1 && only !== undefined) {
    keep('gpuHours', only.gpuHours);
    gpu = gpu ?? only.gpu;
  }
  addFromName(nameCell, columns, keep);
  if (above.parameters !== null && !columns.some(({ meaning }) => meaning === 'parameters'))
    keep('parameters', { ...above.parameters, place: nameCell.place });
  const headerCount =
    columns.find(({ meaning, gpuCount }) => meaning === 'wallClock' && gpuCount !== null)?.gpuCount ?? above.gpuCount;
  const isOnGpus = gpu !== null || above.gpu === null;
  if (headerCount !== null && isOnGpus && columns.some(({ meaning }) => meaning === 'wallClock'))
    keep('gpuCount', { value: headerCount, text: String(headerCount), place: nameCell.place });
  if (figures.has('nodeHours')) deriveFromNodes(figures, above, keep, problems, name);
  settleHours(figures, name, problems);
  return {
    name,
    place: nameCell.place,
    figures,
    cost,
    gpu,
    alternatives: hoursByGpu.length > 1 ? hoursByGpu : [],
    notes: texts.notes ?? null,
    status: texts.status ?? null,
    evidence: spans.evidence ?? null,
    date: spans.date ?? null,
    filled,
    problems,
  };
}

/** A cell says by its own unit what it holds, where its column leaves it open: GPU-hours under "Time", money under "Budget". */
function meaningIn(text: string, { meaning }: Column): Column['meaning'] {
  if (meaning !== 'wallClock' && meaning !== 'cost' && meaning !== 'gpuHours') return meaning;
  const [first] = quantitiesIn(text).filter(({ inBrackets }) => !inBrackets);
  if (meaning === 'wallClock' && first?.unit?.kind === 'gpu-time') return 'gpuHours';
  if (meaning === 'cost' && first?.unit?.kind === 'gpu-time' && first.currency === null) return 'gpuHours';
  return meaning === 'gpuHours' && first !== undefined && first.currency !== null ? 'cost' : meaning;
}

function unreadFigure(cell: Span, { title }: Column, key: string): Problem {
  const where = title === '' ? 'a column without a header' : showText(title);
  const message = `${showText(plainText(cell))} holds hours, cost or tokens, and ${where} does not say which.`;
  const hint = 'Give it a column of its own: GPU-hours, Cost, Tokens, or Notes for a remark.';
  return { code: 'unread-figure', place: cell.place, key, message, hint };
}
