import type { Figure, Scale } from '../plan/plan.ts';
import type { PlanCheck } from './remark.ts';

const figures: readonly (readonly [what: string, of: (scale: Scale) => Figure | null])[] = [
  ['training samples', (scale) => scale.samples],
  ['GPU-hours', (scale) => scale.gpuHours],
  ['memory per GPU', (scale) => scale.memoryBytes],
  ['training cost', (scale) => scale.costUsd],
  ['inference cost', (scale) => scale.usdPerMillionTokens],
];

/** A figure that other rows give is a gap in the row that leaves it out; what no row gives, the plan does not plan. */
export const checkMissingFigures: PlanCheck = ({ scales }) =>
  scales.flatMap((scale, index) => {
    const missing = figures
      .filter(([, of]) => of(scale) === null && scales.some((other) => of(other) !== null))
      .map(([what]) => what);
    // Small scales may well need no data of their own; one above a scale that does, does
    const needsData = scales.slice(0, index).some(({ dataHours }) => dataHours !== null);
    if (scale.dataHours === null && needsData) missing.push('hours of data');
    if (missing.length === 0) return [];
    const message = `${scale.name} gives no ${missing.join(', no ')}; runs of this scale are not held against it.`;
    return [{ rule: 'missing-figure', level: 'notice', place: scale.place, message, arithmetic: [] }];
  });
