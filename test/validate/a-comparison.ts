import type { Estimated } from '../../scripts/validate/comparison.ts';
import { estimateCase } from '../../scripts/validate/estimate-case.ts';

const estimated = estimateCase('any', { scalegate: 1, model: { id: 'meta-llama/Llama-3.1-8B' } });

/** An exact estimate of 100 by one source, but for what a test says of it. */
export function aComparison<Deviation extends object>(deviation: Deviation): Estimated & Deviation {
  return {
    id: 'run',
    source: 'a source',
    statistic: 'reserved',
    measured: 100,
    estimate: 100,
    range: [90, 110],
    trust: null,
    notes: [],
    estimated,
    ...deviation,
  };
}
