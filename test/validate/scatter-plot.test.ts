import { expect, test } from 'vitest';
import { scatterPlot } from '../../scripts/validate/scatter-plot.ts';

const points = [
  { source: 'a <b> & c', measured: 10, estimate: 10 },
  { source: 'a <b> & c', measured: 100, estimate: 50 },
  { source: 'd', measured: 30, estimate: 60 },
];
const svg = scatterPlot({ title: 'Memory', unit: 'GiB', points });

function circles(text: string) {
  return [...text.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="4"/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

test('each run is a point: on the diagonal when exact, below it when estimated too low', () => {
  const [exact, low, high] = circles(svg);
  // The frame's lower left corner is at 76, 508; both axes have one scale.
  expect(exact![0]! - 76).toBeCloseTo(508 - exact![1]!);
  expect(low![0]! - 76).toBeGreaterThan(508 - low![1]!);
  expect(high![0]! - 76).toBeLessThan(508 - high![1]!);
});

test('the legend names each source once with its runs, and no name can break out of it', () => {
  expect(svg).toContain('>a &lt;b&gt; &amp; c (2)</text>');
  expect(svg).toContain('>d (1)</text>');
  expect(svg).not.toContain('<b>');
});

test('axes begin and end at a labeled 1, 2 or 5', () => {
  expect(svg.match(/text-anchor="end">[^<]+/g)).toEqual(
    ['10', '20', '50', '100'].map((tick) => `text-anchor="end">${tick}`),
  );
});
