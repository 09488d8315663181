import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planOf } from '../../../test/support/a-markdown-plan.ts';
import { checkMemoryEstimate } from './memory-estimate.ts';
import type { PlanRemark } from './remark.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');

function remarkOn(text: string): PlanRemark | null {
  return checkMemoryEstimate(planOf(text), null)[0] ?? null;
}

/** The first figure of a row's line, in GiB. */
function estimated({ arithmetic }: PlanRemark, row: string): number {
  return Number(arithmetic.find((line) => line.startsWith(`${row}:`))?.match(/[\d.]+/)?.[0]);
}

test('the reference plan needs several times the memory that it says, unsharded and without checkpointing', () => {
  const remark = remarkOn(reference)!;
  expect(remark).toMatchObject({ level: 'warning', place: { line: 35, column: 47 } });
  expect(remark.message).toBe(
    'At 32 sequences of 2048 tokens a GPU, unsharded and without activation checkpointing, 5 of 5 scales need more ' +
      'memory than the plan says.',
  );
  // The configs of these scales in examples/ need 110, 144 and 300 GiB without checkpointing and sharding
  for (const [row, gib] of [
    ['Medium', 110],
    ['Large', 144],
    ['XL', 300],
  ] as const) {
    expect(estimated(remark, row) / gib).toBeGreaterThan(0.8);
    expect(estimated(remark, row) / gib).toBeLessThan(1.25);
  }
});

test('each row says what would make its figure true, one measure on top of the other', () => {
  const [, , , , , xl] = remarkOn(reference)!.arithmetic;
  expect(xl).toMatch(
    /^XL: [\d.]+ GiB against ~80 GB, [\d.]+ GiB with full activation checkpointing, [\d.]+ GiB with ZeRO-3 over 8 GPUs as well$/,
  );
  expect(Number(/([\d.]+) GiB with ZeRO-3/.exec(xl!)?.[1])).toBeLessThan(80);
});

const table = '| Scale | Params | Memory per GPU |\n|-|-|-|\n| S | 1B | 30 GB |\n';

test('the batch that the plan assumes decides', () => {
  const assumptions = '\n- Batch size: 4 per GPU\n- Sequence length: 2048\n';
  expect(remarkOn(`${table}${assumptions}`)).toBeNull();
  const larger = assumptions.replace('4 per', '16 per');
  expect(remarkOn(`${table}${larger}`)!.arithmetic).toEqual([
    'models of usual proportions with a vocabulary of 50,304, which the plan does not state',
    expect.stringMatching(/^S: [\d.]+ GiB against 30 GB, /),
  ]);
});

test('a plan without batch or sequence length, or without memory, is held to nothing', () => {
  expect(remarkOn(table)).toBeNull();
  const batch = '\n- Batch size: 64 per GPU\n- Sequence length: 4096\n';
  expect(remarkOn(`| Scale | Params |\n|-|-|\n| S | 1B |\n${batch}`)).toBeNull();
});
