import type { MemoryEstimate } from '../../../estimate/estimate.ts';
import type { MemoryLimit } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { htmlText } from '../../escape.ts';
import { coloursOf, stackedBar } from './stacked-bar.ts';

const moments = {
  forward: 'End of forward',
  loss: 'Loss, backward',
  backward: 'First layers, backward',
  'end-of-backward': 'End of backward',
  'optimizer-step': 'Optimizer step',
} as const;

/**
 * Memory by part against what the GPU gives, at its peak and over the moments of a step: pictures for those who see them,
 * and the same as tables for everybody. The line is the limit; the grey field is the room that is left.
 */
export function memoryByPart(memory: MemoryEstimate, limit: MemoryLimit | null): string {
  const { items, peakBytes, timeline } = memory;
  const colourOf = coloursOf([...items, ...timeline.flatMap((moment) => moment.items)]);
  const limitBytes = limit?.usableBytes ?? null;
  const fullBytes = Math.max(peakBytes, limitBytes ?? 0);
  const rows = items.map(
    ({ id, label, bytes, formula }) =>
      `<tr><th scope="row">${swatch(colourOf(id))}${htmlText(label)}</th>` +
      `<td class="number">${formatGib(bytes)}</td><td><code>${htmlText(formula, 400)}</code></td></tr>`,
  );
  const peak = `${formatGib(peakBytes)} at peak`;
  const label = limitBytes === null ? peak : `${peak}, of ${formatGib(limitBytes)}`;
  return [
    stackedBar(items, { fullBytes, limitBytes, label }, colourOf),
    '<table><thead><tr><th scope="col">Part</th><th scope="col" class="number">Memory</th><th scope="col">Formula</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table>`,
    ...(timeline.length < 2 ? [] : ['<h3>Memory over a step</h3>', overTheStep()]),
  ].join('\n');

  function overTheStep(): string {
    const lines = timeline.map((moment) => {
      const bytes = moment.items.reduce((sum, item) => sum + item.bytes, 0);
      const parts = moment.items.map((item) => `${item.label} ${formatGib(item.bytes)}`).join(', ');
      const name = moments[moment.moment];
      const bar = stackedBar(moment.items, { fullBytes, limitBytes, label: `${name}: ${parts}` }, colourOf);
      return `<tr><th scope="row">${name}</th><td class="number">${formatGib(bytes)}</td><td class="wide">${bar}</td></tr>`;
    });
    return `<table><thead><tr><th scope="col">Moment</th><th scope="col" class="number">Memory</th><th scope="col">By part</th></tr></thead><tbody>${lines.join('')}</tbody></table>`;
  }
}

function swatch(colour: string): string {
  return `<span class="swatch" style="background:${colour}"></span>`;
}
