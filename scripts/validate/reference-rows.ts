import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Comparison } from './comparison.ts';
import { estimateCase } from './estimate-case.ts';

const Phase = z.object({ allocated_gib: z.number(), at: z.string(), parts_gib: z.record(z.string(), z.number()) });

const ReferenceRow = z.object({
  id: z.string(),
  /** Not looked at while the estimator is built. */
  heldOut: z.boolean(),
  config: z.looseObject({ scalegate: z.literal(1) }),
  /** Of the base model, which adapters are beside. */
  parameters: z.int(),
  allocated_gib: z.number().positive(),
  peak_phase: z.enum(['forward', 'backward', 'step']),
  phases: z.record(z.string(), Phase),
});

const ReferenceFile = z.object({ versions: z.record(z.string(), z.string()), rows: z.array(ReferenceRow) });

export type ReferenceRow = z.infer<typeof ReferenceRow>;

/** Steps of one class of runs, taken by the trainer's own libraries on tensors without data. */
export interface ReferenceClass {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly ReferenceRow[];
}

const folder = resolve(import.meta.dirname, '../../validation/reference/rows');

/** Every class of rows in `validation/reference/rows/`, by name. */
export function referenceClasses(): ReferenceClass[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => {
    const file = ReferenceFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return { name: basename(name, '.json'), ...file };
  });
}

/** A comparison whose source is the class of the row. */
export type ReferenceComparison = Comparison & Pick<ReferenceRow, 'heldOut'>;

/** Allocated memory at the peak of a step, beside what PyTorch itself counts. */
export function compareWithReference(row: ReferenceRow, source: string): ReferenceComparison {
  const estimated = estimateCase(row.id, row.config);
  const { memory } = estimated.estimate;
  const range = memory?.ranges.allocated.map((bytes) => bytes / 2 ** 30) as [number, number] | undefined;
  return {
    id: row.id,
    heldOut: row.heldOut,
    source,
    statistic: 'allocated',
    measured: row.allocated_gib,
    estimate: memory === null ? null : memory.allocatedBytes / 2 ** 30,
    range: range ?? null,
    trust: null,
    notes: [],
    estimated,
  };
}
