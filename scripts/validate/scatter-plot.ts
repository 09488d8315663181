import { formatCount } from '../../src/core/units/count.ts';

export interface ScatterPlot {
  readonly title: string;
  /** Of both axes: `GiB`, `tokens/s per GPU`. */
  readonly unit: string;
  readonly points: readonly { readonly source: string; readonly measured: number; readonly estimate: number }[];
}

/**
 * Estimate against measurement as an SVG, both axes logarithmic, one color a source, with the diagonal and a band of
 * ± 20%. The background is left out and the ink is a middle gray, so that it reads on light and dark pages.
 */
export function scatterPlot({ title, unit, points }: ScatterPlot): string {
  const sources = sourcesBySize(points);
  const values = points.flatMap(({ measured, estimate }) => [measured, estimate]);
  const scale = logScale(Math.min(...values), Math.max(...values));
  const colorOf = new Map(sources.map(({ source }, index) => [source, color(index, sources.length)]));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="${ink}">
<title>${escape(title)}</title>
<clipPath id="frame"><rect x="${left}" y="${top}" width="${side}" height="${side}"/></clipPath>
<text x="${left}" y="24" font-size="16" font-weight="600">${escape(title)}</text>
${scale.ticks.map((tick) => gridLines(tick, scale)).join('\n')}
<g clip-path="url(#frame)">
${band(scale)}
<path d="M${left} ${top + side}L${left + side} ${top}" stroke="${ink}" stroke-width="1.5"/>
${points.map(({ source, measured, estimate }) => `<circle cx="${across(measured, scale)}" cy="${up(estimate, scale)}" r="4" fill="${colorOf.get(source) ?? ink}" fill-opacity="0.75"/>`).join('\n')}
</g>
<rect x="${left}" y="${top}" width="${side}" height="${side}" fill="none" stroke="${ink}"/>
<text x="${left + side / 2}" y="${height - 8}" text-anchor="middle">measured, ${escape(unit)}</text>
<text transform="translate(16 ${top + side / 2}) rotate(-90)" text-anchor="middle">estimated, ${escape(unit)}</text>
${sources.map(({ source, count }, index) => legendEntry(index, colorOf.get(source) ?? ink, `${source} (${count})`)).join('\n')}
<text x="${left + side + 24}" y="${top + 20 + sources.length * 21}">band: ± 20% of the measurement</text>
</svg>
`;
}

const width = 860;
const height = 560;
const left = 76;
const top = 40;
const side = 468;
const ink = '#7a828e';

interface LogScale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** From 1, 2 or 5 times a power of ten below the least value to one above the greatest. */
function logScale(least: number, greatest: number): LogScale {
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(greatest)); power += 1) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${power}`));
  }
  const low = steps.findLast((step) => step <= least) ?? least;
  const high = steps.find((step) => step >= greatest) ?? greatest;
  const between = steps.filter((step) => step >= low && step <= high);
  const ticks = high / low > 2e3 ? between.filter((step) => /^[0.]*1/.test(String(step))) : between;
  return { low, high, ticks };
}

function across(value: number, scale: LogScale): string {
  return (left + side * share(value, scale)).toFixed(1);
}

function up(value: number, scale: LogScale): string {
  return (top + side * (1 - share(value, scale))).toFixed(1);
}

function share(value: number, { low, high }: LogScale): number {
  return Math.log(value / low) / Math.log(high / low);
}

function gridLines(tick: number, scale: LogScale): string {
  const [x, y] = [across(tick, scale), up(tick, scale)];
  const label = formatCount(tick).replace('.0', '');
  return (
    `<path d="M${x} ${top}V${top + side}M${left} ${y}H${left + side}" stroke="${ink}" stroke-opacity="0.25"/>` +
    `<text x="${x}" y="${top + side + 18}" text-anchor="middle">${label}</text>` +
    `<text x="${left - 8}" y="${y}" dy="4" text-anchor="end">${label}</text>`
  );
}

function band(scale: LogScale): string {
  const { low, high } = scale;
  const corners = [
    [low, low * 0.8],
    [high, high * 0.8],
    [high, high * 1.2],
    [low, low * 1.2],
  ] as const;
  const path = corners.map(([measured, estimate]) => `${across(measured, scale)} ${up(estimate, scale)}`).join('L');
  return `<path d="M${path}Z" fill="${ink}" fill-opacity="0.18"/>`;
}

function legendEntry(index: number, fill: string, label: string): string {
  const y = top + 10 + index * 21;
  return `<circle cx="${left + side + 30}" cy="${y}" r="5" fill="${fill}"/><text x="${left + side + 42}" y="${y}" dy="4">${escape(label)}</text>`;
}

/** Hues around the circle; neighbors differ in lightness, too. */
function color(index: number, count: number): string {
  return `hsl(${Math.round((360 * index) / count)} 75% ${index % 2 === 0 ? 38 : 52}%)`;
}

function sourcesBySize(points: ScatterPlot['points']): readonly { readonly source: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { source } of points) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts]
    .map(([source, count]) => ({ source, count }))
    .sort((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
