import type { LineItem } from '../../../estimate/line-item.ts';
import { htmlText } from '../../escape.ts';
import { partColours } from './style.ts';

const width = 1000;

/** A picture of parts of memory in a row, on a scale whose end is `fullBytes`; the line is the limit, if there is one. */
export function stackedBar(
  items: readonly LineItem[],
  {
    fullBytes,
    limitBytes,
    label,
  }: { readonly fullBytes: number; readonly limitBytes: number | null; readonly label: string },
  colourOf: (id: string) => string,
): string {
  const scale = (bytes: number) => (fullBytes === 0 ? 0 : (bytes / fullBytes) * width);
  let from = 0;
  const parts = items.map(({ id, bytes }) => {
    const part = `<rect x="${from.toFixed(1)}" y="0" width="${scale(bytes).toFixed(1)}" height="30" fill="${colourOf(id)}"/>`;
    from += scale(bytes);
    return part;
  });
  return [
    `<svg class="bar" viewBox="0 0 ${width} 30" preserveAspectRatio="none" role="img" aria-label="${htmlText(label)}">`,
    `<rect class="room" x="0" y="0" width="${width}" height="30"/>`,
    ...parts,
    `${limitBytes === null ? '' : limitLine(scale(limitBytes))}</svg>`,
  ].join('\n');
}

function limitLine(x: number): string {
  const inside = Math.min(x, width - 1).toFixed(1);
  return `<line class="limit" x1="${inside}" y1="0" x2="${inside}" y2="30"/>`;
}

/** One colour for each part, by its name: the same in every picture of a run. */
export function coloursOf(items: readonly LineItem[]): (id: string) => string {
  const ids = [...new Set(items.map(({ id }) => id))];
  return (id) => partColours[ids.indexOf(id) % partColours.length] ?? '#7f7f7f';
}
