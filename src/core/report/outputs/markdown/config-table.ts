import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import type { EstimatedRun, RunPair } from '../../../policy/rule.ts';
import { drawBar } from '../../bar.ts';
import { inlineCode, plainText } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { figuresOf, type Figures } from '../../../estimate/figures.ts';
import { beforeAfter, describeChange, memoryShare, scaleName } from '../../figures.ts';
import { totalChange } from '../../totals.ts';

/** Three columns of stacked short lines: what a phone shows without scrolling sideways. */
export const tableHead = '| Config | Memory per GPU | GPU-hours<br>Cost |\n| :-- | :-- | :-- |\n';

/** A config's row, base → head: path, scale and parameters; memory with a bar against the limit; hours and cost. */
export function configRow(pair: RunPair): string {
  const renamed = pair.previousPath === null ? null : `from ${inlineCode(pair.previousPath, 120)}`;
  const scale = beforeAfter(pair, (run) => scaleName(run) ?? '–');
  return row(
    [
      stackedPath(pair.path),
      describeChange(pair),
      renamed,
      pair.through === undefined
        ? null
        : `by ${pair.through
            .slice(0, 3)
            .map((path) => inlineCode(path, 120))
            .join(', ')}`,
      pair.head === null || scale === '–' ? null : plainText(scale),
      pair.head === null ? null : `${compare(pair, 'parameters', formatCount)} params`,
    ],
    [compare(pair, 'memoryBytes', formatGib), limitBar(pair.head)],
    [compare(pair, 'gpuHours', formatHours), compare(pair, 'costUsd', formatUsd)],
  );
}

/** The last row where there are several configs: the most memory, and the sums. */
export function totalRow(evaluation: Evaluation): string {
  return row(
    [`all ${evaluation.pairs.length.toLocaleString('en-US')} configs`],
    [`highest: ${wrappable(totalChange(evaluation, 'maxMemoryBytes', formatGib))}`],
    [totalChange(evaluation, 'gpuHours', formatHours), totalChange(evaluation, 'costUsd', formatUsd)].map(wrappable),
  );
}

/** What the bars are held against, where that is the same for all the rows. */
export function limitNote(pairs: readonly RunPair[]): string | null {
  const limits = pairs.flatMap(({ head }) => head?.limit ?? []);
  const [first] = limits;
  if (first === undefined) return null;
  const same = limits.every(
    ({ limitBytes, usableBytes }) => limitBytes === first.limitBytes && usableBytes === first.usableBytes,
  );
  if (!same) return 'Bars show peak memory against what a process can use of each config’s limit.';
  return (
    `Bars show peak memory against the ${formatGib(first.usableBytes)} that a process can use of ` +
    `${formatGib(first.limitBytes)} (${plainText(first.source)}).`
  );
}

function compare(pair: RunPair, figure: keyof Figures, print: (value: number) => string): string {
  const text = beforeAfter(pair, (run) => {
    const value = figuresOf(run)[figure];
    return value === null ? null : print(value);
  });
  return wrappable(text);
}

/** Folder above file: the longest word decides how narrow a column can get. */
function stackedPath(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  if (cut === 0 || cut === path.length) return `**${inlineCode(path, 120)}**`;
  return `${inlineCode(path.slice(0, cut), 120)}<br>**${inlineCode(path.slice(cut), 120)}**`;
}

/** A comparison that breaks after its arrow, so that the arrow never has a line to itself. */
function wrappable(text: string): string {
  return plainText(text).replaceAll(' →', '&nbsp;→');
}

function limitBar(head: EstimatedRun | null): string | null {
  const share = head === null ? null : memoryShare(head);
  return share === null ? null : `\`${drawBar(share)}\` ${formatShare(share).replace(' ', '&nbsp;')}`;
}

function row(...cells: readonly (readonly (string | null)[])[]): string {
  const stacked = cells.map((lines) => lines.filter((line) => line !== null).join('<br>') || '–');
  return `| ${stacked.join(' | ')} |\n`;
}
