import { showText } from '../../document/show-value.ts';
import type { Place, Problem } from '../../problem.ts';
import { gpuMentions, onlyGpuIn } from '../amounts/gpu-mentions.ts';
import { holdsBudget } from '../amounts/holds-budget.ts';
import { isNotGiven } from '../markdown/not-given.ts';
import { cut, plainText, type Span } from '../markdown/span.ts';
import type { Alternative, Cost, Figure } from '../plan.ts';
import { readAbove, type Above } from './above.ts';
import type { Column } from './column.ts';
import type { FigureMeaning } from './meaning.ts';
import { figureOf, quantitiesIn, readCell, readCost } from './read-cell.ts';
import { isSize, sizeInName } from './size-in-name.ts';
import type { Row, Table } from './table.ts';

/** One row of one table: what it is called, and what its cells say. */
export interface TableRow {
  readonly name: string;
  readonly place: Place;
  readonly figures: ReadonlyMap<FigureMeaning, Figure>;
  readonly cost: Cost | null;
  readonly gpu: string | null;
  readonly alternatives: readonly Alternative[];
  readonly notes: string | null;
  readonly status: string | null;
  readonly evidence: Span | null;
  readonly date: Span | null;
  /** Columns with something in them, the name's not counted. */
  readonly filled: number;
  readonly problems: readonly Problem[];
}

/** The rows of a table, and what is wrong with its shape. */
export function readRows(
  table: Table,
  columns: readonly Column[],
): { rows: readonly TableRow[]; problems: readonly Problem[] } {
  const problems: Problem[] = [...brokenHeader(table), ...repeatedColumns(columns)];
  for (const { meaning, title, header, gpuCount } of columns) {
    if (meaning === 'unclear') problems.push(unclearColumn(title, header, gpuCount));
  }
  const above = readAbove(table, columns);
  const rows: TableRow[] = [];
  for (const row of table.rows) {
    if (row.cells.length !== table.header.length) problems.push(raggedRow(row, table.header.length));
    if (row.cells.every((cell) => plainText(cell) === '')) continue;
    const named = nameOf(row, columns);
    if (named === null) problems.push(missingName(row));
    else rows.push(readRow(named, row, columns, above));
  }
  return { rows, problems };
}

function nameOf(row: Row, columns: readonly Column[]): Span | null {
  const index = columns.findIndex(({ meaning }) => meaning === 'name');
  const cell = row.cells[index === -1 ? 0 : index];
  return cell === undefined || plainText(cell) === '' ? null : cell;
}

function readRow(nameCell: Span, row: Row, columns: readonly Column[], above: Above): TableRow {
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

function gpusIn(text: string): { gpu: string | null; count: number | null } {
  const mentions = gpuMentions(text);
  const gpu = onlyGpuIn(text);
  const nodes = /\b(\d{1,4}) ?nodes? ?[x×*(,] ?(\d{1,2})\b/i.exec(text);
  if (nodes !== null) return { gpu, count: Number(nodes[1]) * Number(nodes[2]) };
  const [first] = mentions;
  if (mentions.length === 1 && first !== undefined) {
    const isAlone = /^(?:NVIDIA |AMD |a |an |one |1 )*$/i.test(text.slice(0, first.start));
    return { gpu, count: first.count ?? (isAlone && gpu !== null ? 1 : null) };
  }
  return { gpu, count: countIn(text) };
}

function countIn(text: string): number | null {
  const mention = gpuMentions(text).find(({ count }) => count !== null);
  const words =
    /(?<![\d.–-])(\d{1,6}) ?[x×]? ?(?:GPU|accelerator|TPU|device|chip)s?\b(?![ -]?(?:h\b|hours?|days?))/i.exec(
      text,
    )?.[1];
  return mention?.count ?? (words === undefined ? null : Number(words));
}

/** "28 on 4090 plus 5 on H100" is 33; "14 on GPU node" depends on the node. */
function readGpuHours(cell: Span, column: Column): ReturnType<typeof readCell> {
  const text = plainText(cell);
  if (/\bon (?:a |the |\d+ )?(?:GPU )?nodes?\b/i.test(text)) {
    const message = `${showText(text)} does not say how many GPUs a node has.`;
    return {
      figure: null,
      problem: { code: 'unknown-node', place: cell.place, key: null, message, hint: 'Write GPU-hours.' },
    };
  }
  const parts = text.split(/\s(?:plus|and|\+)\s/i);
  if (parts.length < 2 || text.length > 300) return readCell(cell, column, 'gpuHours');
  const readings = parts
    .filter((part) => /^[~≈]?\d/.test(part.trim()))
    .map((part) => readCell({ ...cell, source: part }, column, 'gpuHours'));
  const figures = readings.flatMap(({ figure }) => (figure === null ? [] : [figure]));
  if (figures.length < 2 || figures.length < readings.length) return readCell(cell, column, 'gpuHours');
  const value = figures.reduce((sum, figure) => sum + figure.value, 0);
  const low = figures.reduce((sum, figure) => sum + (figure.low ?? figure.value), 0);
  return { figure: { value, ...(low === value ? {} : { low }), text, place: cell.place }, problem: null };
}

/** Parameters and tokens that stand in the name: `Base (85M)`, `SFT pass (0.6B, QLoRA)`. Served models are not trained. */
function addFromName(
  cell: Span,
  columns: readonly Column[],
  keep: (meaning: FigureMeaning, figure: Figure | null) => void,
): void {
  const name = plainText(cell);
  if (isSize(name)) {
    const quantity = quantitiesIn(name)[0];
    if (quantity !== undefined) keep('parameters', figureOf(quantity, 1, name, cell));
    return;
  }
  if (columns.some(({ meaning }) => meaning === 'parameters')) return;
  if (/\b(?:served?|serving|inference|teacher|judge|eval\w*|generat\w+|data|label\w*)\b/i.test(name)) return;
  const size = sizeInName(name);
  if (size === null) return;
  const at = cell.source.indexOf(size.text);
  keep('parameters', { ...size, place: at === -1 ? cell.place : cut(cell, at, at + size.text.length).place });
}

function deriveFromNodes(
  figures: ReadonlyMap<FigureMeaning, Figure>,
  { gpusPerNode }: Above,
  keep: (meaning: FigureMeaning, figure: Figure) => void,
  problems: Problem[],
  key: string,
): void {
  const nodeHours = figures.get('nodeHours');
  if (nodeHours === undefined || figures.has('gpuHours')) return;
  if (gpusPerNode !== null) {
    keep('gpuHours', times(nodeHours, gpusPerNode, `${nodeHours.text} × ${gpusPerNode} GPUs a node`));
    return;
  }
  const message = `${showText(nodeHours.text)} are hours of nodes, and nothing says how many GPUs a node has.`;
  problems.push({
    code: 'unknown-node',
    place: nodeHours.place,
    key,
    message,
    hint: 'Write GPU-hours, or "8 GPUs per node" above the table.',
  });
}

function times(figure: Figure, factor: number, text: string): Figure {
  return { ...figure, value: figure.value * factor, ...(figure.low == null ? {} : { low: figure.low * factor }), text };
}

/** How far GPU-hours may be from time × GPUs: both are rounded. */
const tolerance = 0.25;

/** Time on N GPUs is GPU-hours; where both stand they must agree, else neither is believed. */
function settleHours(figures: Map<FigureMeaning, Figure>, key: string, problems: Problem[]): void {
  const [wall, count, stated] = [figures.get('wallClock'), figures.get('gpuCount'), figures.get('gpuHours')];
  const isElapsed = stated !== undefined && count !== undefined && count.value > 1 && elapsedIn(stated);
  if (isElapsed) {
    figures.delete('gpuHours');
    figures.set('wallClock', stated);
    problems.push(
      contradiction(
        stated,
        `${showText(stated.text)} is time that passed, and ${count.value} GPUs make more GPU-hours of it.`,
        key,
      ),
    );
    return;
  }
  if (wall === undefined || count === undefined) return;
  const product = times(wall, count.value, `${wall.text} × ${count.value} GPUs`);
  if (stated === undefined) {
    figures.set('gpuHours', product);
    return;
  }
  const isMeeting =
    (stated.low ?? stated.value) <= product.value * (1 + tolerance) &&
    (product.low ?? product.value) <= stated.value * (1 + tolerance);
  if (isMeeting || stated.isOpen === true || product.isOpen === true) return;
  figures.delete('gpuHours');
  const hours = product.value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
  problems.push(
    contradiction(
      stated,
      `${showText(stated.text)} is not what ${showText(wall.text)} on ${count.value} GPUs make: ${hours} GPU-hours.`,
      key,
    ),
  );
}

/** `71.0 h (255,600s)`: the seconds say that it is time, not GPU-hours. */
function elapsedIn({ text, value }: Figure): boolean {
  return quantitiesIn(text).some(
    ({ inBrackets, unit, high }) =>
      inBrackets && unit?.kind === 'time' && high !== null && Math.abs(high * unit.hours - value) <= 0.02 * value,
  );
}

function contradiction({ place }: Figure, message: string, key: string): Problem {
  return {
    code: 'contradiction',
    place,
    key,
    message,
    hint: 'Correct one of them; until then the row has no GPU-hours.',
  };
}

function unreadFigure(cell: Span, { title }: Column, key: string): Problem {
  const where = title === '' ? 'a column without a header' : showText(title);
  const message = `${showText(plainText(cell))} holds hours, cost or tokens, and ${where} does not say which.`;
  const hint = 'Give it a column of its own: GPU-hours, Cost, Tokens, or Notes for a remark.';
  return { code: 'unread-figure', place: cell.place, key, message, hint };
}

function unclearColumn(title: string, { place }: Span, gpuCount: number | null): Problem {
  const [message, hint] =
    gpuCount !== null
      ? [
          `${showText(title)} may be hours of one GPU or of all ${gpuCount}.`,
          'Head it "GPU-hours", or "Hours" with the number of GPUs.',
        ]
      : [
          `${showText(title)} may be hours, money, tokens or samples.`,
          'Name its unit in the header: Tokens, Samples, GPU-hours, Cost ($).',
        ];
  return { code: 'unclear-column', place, key: null, message, hint };
}

function repeatedColumns(columns: readonly Column[]): Problem[] {
  const single: readonly Column['meaning'][] = [
    'parameters',
    'tokens',
    'samples',
    'steps',
    'cost',
    'memory',
    'wallClock',
  ];
  return columns.flatMap((column, index) => {
    const first = columns.find(({ meaning }) => meaning === column.meaning);
    if (first === undefined || first === column || index === 0 || !single.includes(column.meaning)) return [];
    const message = `${showText(column.title)} reads as the same column as ${showText(first.title)}.`;
    return [
      {
        code: 'duplicate-column',
        place: column.header.place,
        key: null,
        message,
        hint: 'Rename one of them; the first one is taken.',
      },
    ];
  });
}

function brokenHeader({ header, delimiters, place }: Table): Problem[] {
  if (delimiters == null || delimiters === header.length) return [];
  const message = `The header has ${header.length} cells, the line below it ${delimiters}.`;
  return [{ code: 'broken-table', place, key: null, message, hint: 'GitHub shows no table unless both have as many.' }];
}

function raggedRow({ cells, place }: Row, expected: number): Problem {
  const message = `The row has ${cells.length} cells, its header ${expected}.`;
  return {
    code: 'ragged-row',
    place,
    key: null,
    message,
    hint: 'Give each column a cell, — where there is nothing to say.',
  };
}

function missingName({ place }: Row): Problem {
  return {
    code: 'missing-name',
    place,
    key: null,
    message: 'The row has no name.',
    hint: 'Name what the figures are of.',
  };
}
