import type { MemoryEstimate } from '../../../estimate/estimate.ts';
import type { MemoryLimit } from '../../../policy/rule.ts';
import { formatGib } from '../../../units/bytes.ts';
import { htmlText } from '../../escape.ts';
import { partColours } from './style.ts';

const width = 1000;

/**
 * Peak memory by part against what the GPU gives: a picture for those who see it, and the same as a table for everybody.
 * The line is the limit; the grey field is the room that is left.
 */
export function memoryByPart({ items, peakBytes }: MemoryEstimate, limit: MemoryLimit | null): string {
  const full = Math.max(peakBytes, limit?.usableBytes ?? 0);
  const scale = (bytes: number) => (full === 0 ? 0 : (bytes / full) * width);
  let from = 0;
  const parts = items.map(({ bytes }, index) => {
    const part = `<rect x="${from.toFixed(1)}" y="0" width="${scale(bytes).toFixed(1)}" height="30" fill="${colourOf(index)}"/>`;
    from += scale(bytes);
    return part;
  });
  const line = limit === null ? '' : limitLine(scale(limit.usableBytes));
  const rows = items.map(
    ({ label, bytes, formula }, index) =>
      `<tr><th scope="row"><span class="swatch" style="background:${colourOf(index)}"></span>${htmlText(label)}</th>` +
      `<td class="number">${formatGib(bytes)}</td><td><code>${htmlText(formula, 400)}</code></td></tr>`,
  );
  return [
    `<svg class="bar" viewBox="0 0 ${width} 30" preserveAspectRatio="none" role="img" aria-label="${htmlText(summary(peakBytes, limit))}">`,
    `<rect class="room" x="0" y="0" width="${width}" height="30"/>`,
    ...parts,
    `${line}</svg>`,
    '<table><thead><tr><th scope="col">Part</th><th scope="col" class="number">Memory</th><th scope="col">Formula</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table>`,
  ].join('\n');
}

function limitLine(x: number): string {
  const inside = Math.min(x, width - 1).toFixed(1);
  return `<line class="limit" x1="${inside}" y1="0" x2="${inside}" y2="30"/>`;
}

function summary(peakBytes: number, limit: MemoryLimit | null): string {
  const peak = `${formatGib(peakBytes)} at peak`;
  return limit === null ? peak : `${peak}, of ${formatGib(limit.usableBytes)}`;
}

function colourOf(index: number): string {
  return partColours[index % partColours.length] ?? '#7f7f7f';
}
