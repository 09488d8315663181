import { nothingStated, type Figure, type Plan, type Scale } from '../../src/core/plan/plan.ts';
import { startOf } from '../../src/core/problem.ts';
import { gibibyte } from '../../src/core/units/bytes.ts';

export const planPath = 'docs/model-scaling-estimates.md';

/** A ladder of five scales, from Tiny to XL. */
export const aPlan: Plan = {
  path: planPath,
  title: 'Model Scaling Estimates',
  scales: [
    aScaleRow('Tiny', '10M', 1e7, 10, 3, null),
    aScaleRow('Small', '100M', 1e8, 100, 10, 500),
    aScaleRow('Medium', '500M', 5e8, 500, 24, 2500),
    aScaleRow('Large', '1B', 1e9, 1000, 48, 10_000),
    aScaleRow('XL', '3B', 3e9, 3000, 80, 30_000),
  ],
  stages: [],
  total: null,
  facts: {},
  baseline: {},
  recommendations: { growthFactor: null, checkpointShare: null, monitor: null, augmentationFactor: null },
};

export function aScale(name: string): Scale {
  return aPlan.scales.find((scale) => scale.name === name)!;
}

function aScaleRow(
  name: string,
  parameters: string,
  size: number,
  hours: number,
  memoryGib: number,
  usd: number | null,
): Scale {
  const costUsd = usd === null ? null : aFigure(usd, `~$${usd}`);
  return {
    ...nothingStated,
    name,
    kind: 'scale',
    place: startOf(planPath),
    parameters: aFigure(size, parameters),
    gpuHours: aFigure(hours, `~${hours}`),
    memoryBytes: aFigure(memoryGib * gibibyte, `~${memoryGib} GB`),
    cost: costUsd && { ...costUsd, currency: 'USD' },
    costUsd,
  };
}

function aFigure(value: number, text: string): Figure {
  return { value, text, place: { path: planPath, line: 20, column: 3 } };
}
