import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { accuracyPage } from './accuracy-page.ts';
import type { Comparison } from './comparison.ts';
import { scatterPlot } from './scatter-plot.ts';
import { isEstimated } from './statistics.ts';
import type { Validation } from './validation.ts';

const root = resolve(import.meta.dirname, '../..');

/** What `npm run validate` writes, by its path from the root. */
export async function accuracyFiles(validation: Validation): Promise<ReadonlyMap<string, string>> {
  const page = 'docs/accuracy.md';
  const options = await resolveConfig(resolve(root, page));
  return new Map([
    [page, await format(accuracyPage(validation), { ...options, parser: 'markdown' })],
    ['docs/accuracy/memory.svg', plot('Memory per GPU', 'GiB', validation.memory)],
    ['docs/accuracy/throughput.svg', plot('Speed of steady training', 'tokens/s per GPU', validation.throughput)],
    ['docs/accuracy/gpu-hours.svg', plot('Whole runs', 'GPU-hours', validation.hours)],
  ]);
}

function plot(title: string, unit: string, comparisons: readonly Comparison[]): string {
  return scatterPlot({ title, unit, points: comparisons.filter(isEstimated) });
}
