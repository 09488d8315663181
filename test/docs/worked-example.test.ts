import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { estimateConfig } from '../../src/core/estimate-config.ts';
import { readGuards } from '../../src/core/guards.ts';
import { formatGib } from '../../src/core/units/bytes.ts';
import { formatGpuHours } from '../../src/core/units/duration.ts';
import { formatUsd } from '../../src/core/units/money.ts';
import { readPage } from './pages.ts';
import { OpenedFiles } from '../../src/core/reading/opened-files.ts';

const read = (path: string) => ({ path, content: { text: readFileSync(path, 'utf8') } });
const guards = readGuards(null, [read('examples/model-scaling-estimates.md')]);
const { path, content } = read('examples/configs/large.yaml');
const { estimate } = estimateConfig(path, new OpenedFiles([[path, content]]), guards).estimated!;
const { memory, compute, cost, inference, parameters } = estimate;
const sections = new Map(
  readPage('docs/how-it-estimates.md')
    .text.split(/^#+ /m)
    .map((text) => [text.split('\n')[0], text]),
);

describe('the worked example of how-it-estimates ends in the figures that the product prints', () => {
  test.each(memory!.items)('$label', ({ label, bytes }) => {
    expect(sections.get(label)).toContain(`**${formatGib(bytes)}**`);
  });

  test.each([
    ['Parameter count', parameters!.total.toLocaleString('en-US')],
    ['Memory', formatGib(memory!.allocatedBytes)],
    ['Memory', formatGib(memory!.reservedBytes)],
    ['Memory', formatGib(memory!.peakBytes)],
    ['FLOPs of a token', compute!.flopsPerToken.toLocaleString('en-US')],
    ['Utilization', compute!.mfu!.toFixed(3)],
    ['GPU-hours', formatGpuHours(compute!.gpuHours!).replace(' GPU-h', '')],
    ['GPU-hours', formatGpuHours(compute!.lowGpuHours!).replace(' GPU-h', '')],
    ['GPU-hours', formatGpuHours(compute!.highGpuHours!).replace(' GPU-h', '')],
    ['Cost', formatUsd(cost!.usd!)],
    ['Inference', formatUsd(inference!.usdPerMillionTokens)],
  ])('%s: %s', (section, figure) => {
    expect(sections.get(section)).toContain(figure);
  });
});
