import { gpuMentions } from '../amounts/gpu-mentions.ts';
import { findQuantities } from '../amounts/find-quantities.ts';
import type { Quantity } from '../amounts/quantity.ts';
import { cut, plainText, type Span } from '../markdown/span.ts';
import type { Section } from '../markdown/sections.ts';
import { isSize } from './size-in-name.ts';
import { quantitiesIn } from './read-cell.ts';
import type { Table } from './table.ts';

/** The columns of a list: what a quantity of an item must be to stand in each. */
const columns: readonly (readonly [header: string, is: (quantity: Quantity) => boolean])[] = [
  ['Params', ({ unit }) => unit?.kind === 'parameters'],
  ['Tokens', ({ unit }) => unit?.kind === 'tokens'],
  ['Samples', ({ unit }) => unit?.kind === 'samples'],
  ['Steps', ({ unit }) => unit?.kind === 'steps'],
  ['GPU-hours', ({ unit }) => unit?.kind === 'gpu-time'],
  ['Time', ({ unit }) => unit?.kind === 'time'],
  ['Cost', ({ currency, per }) => currency !== null && per === null],
  ['Memory', ({ unit, inBrackets }) => unit?.kind === 'memory' && !inBrackets],
];
const budgets = new Set(['Tokens', 'Steps', 'GPU-hours', 'Time', 'Cost']);

/** Lists whose items have one shape, a name and its budget, as tables: "**7B**: 140B tokens, 256 A100, at most $120k". */
export function listTables(sections: readonly Section[]): readonly Table[] {
  return sections.flatMap((section): Table[] => {
    if (/\bdata\b/i.test(section.heading)) return [];
    const rows = section.items.slice(0, 200).flatMap((item) => rowOf(item) ?? []);
    const [first] = rows;
    if (first === undefined || rows.length < 2) return [];
    const header = ['Run', ...columns.map(([title]) => title), 'Hardware'].map((source) => ({
      source,
      place: first.place,
    }));
    return [{ header, rows, place: first.place, context: section.headings }];
  });
}

function rowOf(item: Span): Table['rows'][number] | null {
  const named = nameOf(item);
  if (named === null) return null;
  const { name, rest } = named;
  const quantities = quantitiesIn(rest.source);
  const texts = columns.map(([, is]) => {
    const found = quantities.find(is);
    return found === undefined ? null : cutWithLead(rest, found);
  });
  if (!columns.some(([header], index) => texts[index] !== null && budgets.has(header))) return null;
  const [gpu] = gpuMentions(rest.source).filter(
    ({ end }) => !/^[ -]?(?:GPU-?)?(?:hours?|h\b)/i.test(rest.source.slice(end)),
  );
  const hardware = gpu === undefined ? null : cut(rest, gpu.start, gpu.end);
  return {
    cells: [name, ...texts, hardware].map((cell) => cell ?? { source: '', place: item.place }),
    place: item.place,
  };
}

/** What stands before the colon or dash, brackets not counted: they say more of it. */
function nameOf(item: Span): { name: Span; rest: Span } | null {
  const match = /^(.{1,80}?)(?:\*\*|__)?(?::|\s[–—]\s|\s-\s)(?:\*\*|__)?/.exec(item.source);
  if (match === null) return null;
  const whole = match[1] ?? '';
  const bracket = whole.indexOf(' (');
  const name = cut(item, 0, bracket === -1 ? whole.length : bracket);
  const rest = cut(item, bracket === -1 ? match[0].length : bracket, item.source.length);
  const text = plainText({ ...name, source: name.source.replaceAll('**', '') });
  const isQuantity = !isSize(text) && findQuantities(text)[0]?.unit != null;
  return text === '' || isQuantity ? null : { name: { ...name, source: text }, rest };
}

const leadWord = /(?:up to|at most|at least|max\.?|under|less than|about|USD|EUR|[~≈<>≤≥$€£₹¥\s])$/i;

/** The quantity with the "~" or "at most" before it. */
function cutWithLead(span: Span, { start, end }: Quantity): Span {
  let before = span.source.slice(Math.max(0, start - 16), start);
  let from = start;
  for (let lead = leadWord.exec(before); lead !== null; lead = leadWord.exec(before)) {
    before = before.slice(0, lead.index);
    from -= lead[0].length;
  }
  return cut(span, from, end);
}
