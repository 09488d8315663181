import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { microBatchesInFlight } from './micro-batches.ts';

function inFlight(
  pipeline: number,
  virtualPipeline: number,
  accumulation: number | null,
  stage: 'first' | 'last',
): number {
  const stated = { value: accumulation ?? 1, authority: 'config', place: null } as const;
  const run = aDescribedRun({
    parallelism: { pipeline, virtualPipeline },
    training: { gradientAccumulationSteps: accumulation ?? 1 },
    facts: accumulation === null ? {} : { 'training.gradient_accumulation_steps': stated },
  });
  return microBatchesInFlight(run, stage);
}

test('the first of four stages keeps four micro batches, the last one', () => {
  expect(inFlight(4, 1, 64, 'first')).toBe(4);
  expect(inFlight(4, 1, 64, 'last')).toBe(1);
});

test('no stage keeps more micro batches than a step has', () => {
  expect(inFlight(4, 1, 2, 'first')).toBe(2);
  expect(inFlight(4, 2, 1, 'first')).toBe(1);
});

test('two chunks a stage keep 2·3 + 4 + 1 = 11 half stages', () => {
  expect(inFlight(4, 2, 64, 'first')).toBe(5.5);
});

test('a pipeline whose accumulation nobody states is filled', () => {
  expect(inFlight(4, 1, null, 'first')).toBe(4);
});

test.each([
  ['gpipe', 'first', 64],
  ['gpipe', 'last', 64],
  ['zero-bubble', 'last', 4],
  ['dualpipe', 'last', 5],
] as const)('%s keeps on the %s of four stages %d of 64 micro batches', (pipelineSchedule, stage, kept) => {
  const stated = { value: 64, authority: 'config', place: null } as const;
  const run: Deviation = {
    parallelism: { pipeline: 4, pipelineSchedule },
    training: { gradientAccumulationSteps: 64 },
    facts: { 'training.gradient_accumulation_steps': stated },
  };
  expect(microBatchesInFlight(aDescribedRun(run), stage)).toBe(kept);
});
