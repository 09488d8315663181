import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** Where a measurement was published: a file of a repository at a commit, or a page. */
const Source = z.object({
  repo: z.string().optional(),
  page: z.string().optional(),
  locator: z.string(),
});

const Row = z.object({
  id: z.string(),
  source: Source,
  /** A run config of scalegate's own dialect. */
  config: z.looseObject({ scalegate: z.literal(1) }),
  notes: z.string().default(''),
  /** What the source does not say. */
  missing: z.array(z.string()).default([]),
  /** Memory of the GPU that it ran on, as far as the source says. */
  gpu_memory_gib: z.number().positive().nullable().default(null),
});

const Trust = z.enum(['A', 'B']);

const MeasuredMemory = Row.extend({
  metric: z.enum(['max_allocated', 'max_active', 'max_reserved', 'nvidia-smi', 'unknown']),
  memory_gib: z.number().positive(),
  trust: Trust,
});

const MemoryBound = Row.extend({ kind: z.enum(['fit', 'oom']) });

const MeasuredThroughput = Row.extend({ source_family: z.string(), tokens_per_second_per_gpu: z.number().positive() });

const MeasuredHours = Row.extend({ tier: Trust, gpu_hours: z.number().positive(), hours_basis: z.string() });

const PublishedCount = z.object({
  model: z.string(),
  total: z.int(),
  active: z.int().nullable().default(null),
  source: z.string(),
});

const PeerErrors = z.object({ cases: z.int(), median: z.number(), p90: z.number() });

const Peers = z.object({
  read: z.iso.date(),
  memory: z.array(
    z.object({
      name: z.string(),
      handChecked: PeerErrors,
      broad: PeerErrors.extend({ bias: z.number() }).nullable().default(null),
    }),
  ),
  gpuHours: z.array(
    z.object({ name: z.string(), runs: z.int(), median: z.number(), worst: z.number(), bias: z.number() }),
  ),
});

export type Row = z.infer<typeof Row>;
export type MeasuredMemory = z.infer<typeof MeasuredMemory>;
export type MemoryBound = z.infer<typeof MemoryBound>;
export type MeasuredThroughput = z.infer<typeof MeasuredThroughput>;
export type MeasuredHours = z.infer<typeof MeasuredHours>;
export type PublishedCount = z.infer<typeof PublishedCount>;
export type Peers = z.infer<typeof Peers>;

/** Everything in `validation/`: measured runs by set, published parameter counts, errors of other estimators. */
export function readSets() {
  return {
    memory: z.array(MeasuredMemory).parse(read('memory-measured.json')),
    bounds: z.array(MemoryBound).parse(read('memory-bounds.json')),
    throughput: z.array(MeasuredThroughput).parse(read('throughput.json')),
    hours: z.array(MeasuredHours).parse(read('gpu-hours.json')),
    parameters: z.array(PublishedCount).parse(read('parameters.json')),
    peers: Peers.parse(read('peers.json')),
  };
}

/** The family of a measurement, by which errors are grouped: its repository, else its paper, else its page. */
export function sourceOf({ source: { repo, page, locator } }: Row): string {
  const paper = /arxiv\.org\/abs\/([\d.]+)/.exec(page ?? '')?.[1];
  if (paper !== undefined) return `arXiv ${paper}`;
  return repo ?? page?.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/discussions\/.*$/, '') ?? locator;
}

const folder = resolve(import.meta.dirname, '../../validation');

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
