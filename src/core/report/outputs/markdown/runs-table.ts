import { figuresOf, type Figures } from '../../../estimate/figures.ts';
import type { RunPair } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { cellCode, inlineCode, plainText } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { beforeAfter, describeChange, range, scaleName } from '../../figures.ts';
import { totalChange } from '../../totals.ts';
import { shareOfLimit } from './run-table.ts';

/** Three narrow columns: what a phone shows without scrolling sideways. */
export const tableHead = '| Config | Memory per GPU | GPU-hours<br>Cost |\n| :-- | --: | --: |\n';

/** Configs whose cells are all equal. */
export interface RunGroup {
  readonly pairs: readonly [RunPair, ...RunPair[]];
  readonly cells: readonly [memory: string, work: string];
}

/** The configs in their order, those with equal figures together. */
export function groupsOf(pairs: readonly RunPair[]): RunGroup[] {
  const groups = new Map<string, { pairs: [RunPair, ...RunPair[]]; cells: readonly [string, string] }>();
  for (const pair of pairs) {
    const cells = [memoryCell(pair), workCell(pair)] as const;
    const id = JSON.stringify([describeChange(pair), scaleChange(pair), pair.through, pair.previousPath, cells]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { pairs: [pair], cells });
    else group.pairs.push(pair);
  }
  return [...groups.values()];
}

/** A row for each outcome: what does not fit, what may not, what does, what is unknown or gone; in ranges and sums. */
export function byOutcome(pairs: readonly RunPair[]): RunGroup[] {
  const groups = new Map<string, [RunPair, ...RunPair[]]>();
  for (const pair of pairs) {
    const id = `${describeChange(pair) ?? ''} ${outcomeOf(pair)}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [pair]);
    else group.push(pair);
  }
  return [...groups.values()].map((group) => ({ pairs: group, cells: [memoryRange(group), workSum(group)] }));
}

function outcomeOf({ head }: RunPair): string {
  const share = head === null ? null : shareOfLimit(head);
  return share === null ? 'unknown' : (/^\p{Extended_Pictographic}/u.exec(share)?.[0] ?? 'fits');
}

function memoryRange(pairs: readonly RunPair[]): string {
  const runs = pairs.flatMap(({ head }) => head ?? []).filter(({ estimate }) => estimate.memory !== null);
  const ordered = runs.toSorted((a, b) => (figuresOf(a).memoryBytes ?? 0) - (figuresOf(b).memoryBytes ?? 0));
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined) return 'unknown';
  const [low, high] = [least, most].map((run) => formatGib(figuresOf(run).memoryBytes ?? 0));
  const share = shareOfLimit(most);
  const text = low === high ? (low ?? '') : range(low ?? '', high ?? '');
  return share === null ? text : `${text}<br>${share}`;
}

function workSum(pairs: readonly RunPair[]): string {
  const sum = (figure: keyof Figures, print: (value: number) => string): string => {
    const values = pairs.flatMap(({ head }) => (head === null ? [] : [figuresOf(head)[figure]]));
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return 'unknown';
    const total = print(known.reduce((all, value) => all + value, 0));
    return plainText(known.length === values.length ? total : `at least ${total}`);
  };
  return `${sum('gpuHours', formatHours)}<br>${sum('costUsd', formatUsd)}`;
}

/** A row for some configs with equal figures: path, what happened, scale; memory and its share; hours and cost. */
export function groupRow({ pairs, cells }: RunGroup): string {
  const [pair] = pairs;
  const notes = [
    describeChange(pair),
    pair.previousPath === null || pairs.length > 1 ? null : `was ${inlineCode(pair.previousPath, 120)}`,
    pair.through === undefined
      ? null
      : `by ${pair.through
          .slice(0, 3)
          .map((path) => inlineCode(path, 120))
          .join(', ')}`,
    pair.head === null || new Set(pairs.map(scaleChange)).size > 1 ? null : scaleChange(pair),
  ].filter((note) => note !== null);
  const small = notes.length === 0 ? '' : `<br><sub>${notes.join(', ')}</sub>`;
  return `| ${pathOf(pairs)}${small} | ${cells.join(' | ')} |\n`;
}

/** The last row: the most memory, and the sums. */
export function totalRow(evaluation: Evaluation): string {
  const sums = [totalChange(evaluation, 'gpuHours', formatHours), totalChange(evaluation, 'costUsd', formatUsd)];
  const most = totalChange(evaluation, 'maxMemoryBytes', formatGib);
  const peak = /at least|unknown/.test(most) ? most : `at most ${most}`;
  return `| **All ${evaluation.pairs.length.toLocaleString('en-US')}** | ${wrappable(peak)} | ${sums.map(wrappable).join('<br>')} |\n`;
}

/** The file's name under its folder; of several configs what their paths begin with. */
function pathOf(pairs: RunGroup['pairs']): string {
  const [{ path }] = pairs;
  if (pairs.length === 1) return stacked(path);
  const start = pairs.reduce((common, other) => commonStart(common, other.path), path);
  return `${stacked(`${start}*`)} (${pairs.length.toLocaleString('en-US')})`;
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** Folder above file: the longest word decides how narrow a column can get. */
function stacked(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  if (cut === 0 || cut === path.length) return `**${cellCode(path, 120)}**`;
  return `<sub>${cellCode(path.slice(0, cut), 120)}</sub><br>**${cellCode(path.slice(cut), 120)}**`;
}

function scaleChange(pair: RunPair): string | null {
  const scale = beforeAfter(pair, (run) => scaleName(run) ?? '–');
  return scale === '–' ? null : plainText(scale);
}

function memoryCell(pair: RunPair): string {
  const share = pair.head === null ? null : shareOfLimit(pair.head);
  return [compare(pair, 'memoryBytes', formatGib), ...(share === null ? [] : [share])].join('<br>');
}

function workCell(pair: RunPair): string {
  return `${compare(pair, 'gpuHours', formatHours)}<br>${compare(pair, 'costUsd', formatUsd)}`;
}

function compare(pair: RunPair, figure: keyof Figures, print: (value: number) => string): string {
  const text = beforeAfter(pair, (run) => {
    const value = figuresOf(run)[figure];
    return value === null ? null : print(value);
  });
  return wrappable(text);
}

/** A comparison that breaks after its arrow, so that the arrow never has a line to itself. */
function wrappable(text: string): string {
  return plainText(text).replaceAll(' →', '&nbsp;→');
}
