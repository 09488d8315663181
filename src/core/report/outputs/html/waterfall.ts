import { figuresOf, type Figure } from '../../../estimate/figures.ts';
import type { RunPair } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { counted } from '../../counted.ts';
import { htmlText } from '../../escape.ts';

const width = 1000;

/** More edits than this nobody compares; the others are one step. */
const mostSteps = 12;

const figures = [
  ['memoryBytes', 'Memory per GPU, edit by edit', formatGib],
  ['gpuHours', 'GPU-hours, edit by edit', formatGpuHours],
  ['costUsd', 'Cost, edit by edit', formatUsd],
] as const satisfies readonly (readonly [Figure, string, (value: number) => string])[];

interface Step {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * How a run comes from its figures at the base to those at the head: a step for each edit, as large as its fair share.
 * The empty string where nothing moves a figure, or one is unknown.
 */
export function waterfalls(pair: RunPair): string {
  return figures
    .map(([figure, title, format]) => {
      const steps = stepsOf(pair, figure);
      return steps === null ? '' : `<h3>${title}</h3>\n${waterfall(steps, format)}`;
    })
    .filter((each) => each !== '')
    .join('\n');
}

function stepsOf({ base, head, edits }: RunPair, figure: Figure): readonly Step[] | null {
  if (base === null || head === null) return null;
  const [before, after] = [figuresOf(base)[figure], figuresOf(head)[figure]];
  if (before === null || after === null || before === after) return null;
  const moving = edits
    .map(({ key, from, to, share }) => ({ name: `${key}: ${from ?? 'none'} → ${to ?? 'none'}`, share: share[figure] }))
    .filter(({ share }) => share !== 0)
    .toSorted((one, other) => Math.abs(other.share ?? 0) - Math.abs(one.share ?? 0));
  if (moving.length === 0 || moving.some(({ share }) => share === null)) return null;
  const steps: Step[] = [{ name: 'Base', from: 0, to: before }];
  let at = before;
  for (const { name, share } of moving.slice(0, mostSteps)) {
    steps.push({ name, from: at, to: at + (share ?? 0) });
    at += share ?? 0;
  }
  const left = moving.length - mostSteps;
  if (left > 0) steps.push({ name: counted(left, 'more edit'), from: at, to: after });
  return [...steps, { name: 'Head', from: 0, to: after }];
}

function waterfall(steps: readonly Step[], format: (value: number) => string): string {
  const full = Math.max(...steps.flatMap(({ from, to }) => [from, to]));
  const scale = (value: number) => (Math.max(0, value) / full) * width;
  const rows = steps.map(({ name, from, to }, index) => {
    const isEnd = index === 0 || index === steps.length - 1;
    const kind = isEnd ? 'whole' : to > from ? 'more' : 'less';
    const sign = isEnd ? '' : to > from ? '+' : '−';
    const [left, right] = [scale(Math.min(from, to)), scale(Math.max(from, to))];
    const bar =
      `<svg class="bar" viewBox="0 0 ${width} 30" preserveAspectRatio="none" aria-hidden="true">` +
      `<rect class="${kind}" x="${left.toFixed(1)}" y="4" width="${Math.max(1, right - left).toFixed(1)}" height="22"/></svg>`;
    const what = isEnd ? name : `<code>${htmlText(name, 160)}</code>`;
    return `<tr><th scope="row">${what}</th><td class="number">${sign}${htmlText(format(Math.abs(to - from)))}</td><td class="wide">${bar}</td></tr>`;
  });
  return `<table><thead><tr><th scope="col">Edit</th><th scope="col" class="number">Figure</th><th scope="col">From base to head</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
