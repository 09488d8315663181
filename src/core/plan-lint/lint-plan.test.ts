import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GpuSpec } from '../run/hardware.ts';
import { gibibyte } from '../units/bytes.ts';
import { lintPlan, type PlanRemark } from './lint-plan.ts';
import { readPlan } from '../plan/read-plan.ts';

const a100: GpuSpec = {
  name: 'A100-80GB',
  memoryBytes: 80 * gibibyte,
  usableMemoryBytes: 79.25 * gibibyte,
  peakFlopsPerSecond: { fp32: 19.5e12, bf16: 312e12, fp16: 312e12, fp8: null },
  memoryBandwidthBytesPerSecond: 2039e9,
};

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');

function remarksOn(text: string, gpu: GpuSpec | null = a100): readonly PlanRemark[] {
  return lintPlan(readPlan('plan.md', text).plan!, gpu);
}

/** `level rule line:column` of each remark of the rules named. */
function found(text: string, ...rules: readonly string[]): string[] {
  return remarksOn(text)
    .filter(({ rule }) => rules.length === 0 || rules.includes(rule))
    .map(({ rule, level, place }) => `${level} ${rule} ${place.line}:${place.column}`);
}

test('the reference plan has these remarks, the impossible first', () => {
  expect(found(reference)).toEqual([
    'error share-of-peak 21:44',
    'error share-of-peak 22:44',
    'warning baseline-scale 9:16',
    'warning optimizer-states 35:12',
    'warning memory-estimate 35:47',
    'warning memory-at-limit 39:47',
    'warning price-changes 55:12',
    'warning ladder-steps 63:25',
    'notice no-evidence 18:3',
    'notice missing-figure 18:3',
    'notice share-of-peak 20:44',
    'notice missing-figure 22:3',
    'notice memory-sum 35:47',
  ]);
});

test('Large and XL need more than the card can do, with the premise and the arithmetic', () => {
  const [large, xl, ...others] = remarksOn(reference).filter(({ rule }) => rule === 'share-of-peak');
  expect(large!.message).toBe(
    'Large needs 109% of the peak of the A100-80GB, if each of its samples is a full sequence of 2048 tokens: ' +
      '~1000 GPU-hours are impossible.',
  );
  expect(large!.arithmetic).toEqual([
    'tokens: 100M samples × 2048 = 205B',
    'work: 6 × 1B parameters × 205B tokens = 1.23e21 FLOPs',
    'at peak: ~1000 GPU-hours × 3600 s × 312 TFLOP/s = 1.12e21 FLOPs',
    'share of peak: 1.23e21 FLOPs / 1.12e21 FLOPs = 109%',
    'at 60% of peak the row takes 1,823 GPU-h',
  ]);
  expect(xl!.message).toContain('328%');
  expect(others.map(({ message }) => message.slice(0, 20))).toEqual(['Medium needs 55% of ']);
});

test('the price per GPU-hour that changes is shown for both rows', () => {
  const [remark] = remarksOn(reference).filter(({ rule }) => rule === 'price-changes');
  expect(remark!.message).toBe('A GPU-hour costs $5.00 in the row Medium and $10.00 in the row Large.');
  expect(remark!.arithmetic.slice(1, 3)).toEqual([
    'Medium: ~$2500 / ~500 GPU-hours = $5.00 a GPU-hour',
    'Large: ~$10000 / ~1000 GPU-hours = $10.00 a GPU-hour',
  ]);
});

test('model memory without optimizer states is said once, with what each row would take', () => {
  const [remark, ...others] = remarksOn(reference).filter(({ rule }) => rule === 'optimizer-states');
  expect(others).toEqual([]);
  expect(remark!.message).toContain('4 bytes a parameter');
  expect(remark!.arithmetic).toHaveLength(5);
  expect(remark!.arithmetic[4]).toContain('16 bytes × 3B = 44.7 GiB, with 60 GB of activations 104.7 GiB, more than');
});

test('every remark but that of a missing figure shows its arithmetic', () => {
  for (const { rule, arithmetic } of remarksOn(reference)) {
    if (rule !== 'missing-figure') expect(arithmetic.length).toBeGreaterThan(0);
  }
});

test('evidence recorded as the notice shows it is read as evidence', () => {
  const [notice] = remarksOn(reference).filter(({ rule }) => rule === 'no-evidence');
  const { plan, problems } = readPlan('plan.md', `${reference}\n${notice!.arithmetic.join('\n')}\n`);
  expect(problems).toEqual([]);
  expect(plan!.scales[0]!.validation).toMatchObject({ date: '2026-10-03', gpuHours: { value: 9 } });
});

const assumptions = '\n- Sequence length: 1000\n- Precision: BF16\n';

/** A ladder of one scale whose work is this share of the A100's peak. */
function atShare(share: number): string {
  const hours = (6 * 1e9 * 1e6 * 1000) / (share * 312e12 * 3600);
  return `| Scale | Params | Samples | GPU hours |\n|-|-|-|-|\n| One | 1B | 1M | ${hours.toFixed(6)} |\n${assumptions}`;
}

test.each([
  [1.01, ['error share-of-peak 3:19']],
  [0.99, ['warning share-of-peak 3:19']],
  [0.61, ['warning share-of-peak 3:19']],
  [0.59, ['notice share-of-peak 3:19']],
  [0.49, []],
])('a row at %d of peak has the remarks %j', (share, expected) => {
  expect(found(atShare(share), 'share-of-peak')).toEqual(expected);
});

test('more GPU-hours never make a row less possible', () => {
  const rank = { error: 2, warning: 1, notice: 0 };
  const severity = (share: number) => {
    const [remark] = remarksOn(atShare(share)).filter(({ rule }) => rule === 'share-of-peak');
    return remark === undefined ? -1 : rank[remark.level];
  };
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      (share, factor) => {
        expect(severity(share / factor)).toBeLessThanOrEqual(severity(share));
      },
    ),
  );
});

test('fp32 is held against the fp32 peak', () => {
  expect(found(atShare(0.1).replace('BF16', 'FP32'), 'share-of-peak')).toEqual(['error share-of-peak 3:19']);
});

test.each([
  ['a GPU', reference, null],
  ['a sequence length', reference.replace('Sequence length', 'Words').replace('Context', 'Words'), a100],
] as const)('without %s the shares are not guessed, and one notice says so', (missing, text, gpu) => {
  const remarks = remarksOn(text, gpu).filter(({ rule }) => rule === 'share-of-peak');
  expect(remarks).toMatchObject([{ level: 'notice' }]);
  expect(remarks[0]!.message).toContain(missing);
});

test.each([
  ['81 GB', ['error memory-at-limit 3:14']],
  ['80 GB', ['warning memory-at-limit 3:14']],
  ['79 GB', []],
])('a total of %s on an 80 GB card has the remarks %j', (total, expected) => {
  expect(found(`| Scale | Params | Memory |\n|-|-|-|\n| One | 1B | ${total} |`, 'memory-at-limit')).toEqual(expected);
});

test('a plan that keeps to its own figures has nothing but its evidence to add', () => {
  const sound = `# Plan

| Scale | Params | Samples | GPU hours | Model memory | Activation memory | Total memory | Cost |
| ----- | ------ | ------- | --------- | ------------ | ----------------- | ------------ | ---- |
| One   | 100M   | 1M      | 10        | 2 GB         | 8 GB              | 11 GB        | $20  |
| Two   | 200M   | 2M      | 40        | 4 GB         | 10 GB             | 15 GB        | $80  |

- Sequence length: 2048
- Double model size only after validating the previous scale
`;
  expect(found(sound)).toEqual(['notice no-evidence 5:3']);
  expect(found(`${sound}\n| Scale | Run |\n|-|-|\n| One | https://x.test/1 |\n`)).toEqual([]);
  expect(found(`${sound}\n| Scale | Run |\n|-|-|\n| Two | https://x.test/1 |\n`)).toEqual(['notice no-evidence 5:3']);
});

test.each([
  ['fits the smallest scale', '- Hidden dim: 512\n- Layers: 3\n', []],
  ['is larger', '- Hidden dim: 512\n- Layers: 6\n', ['warning baseline-scale 5:15']],
  ['has few key/value heads', '- Hidden dim: 512\n- Layers: 4\n- Heads: 8\n- KV heads: 1\n', []],
  ['has a narrow MLP', '- Hidden dim: 512\n- Layers: 6\n- FFN dim: 512\n', []],
])('a baseline that %s has the remarks it deserves', (_, settings, expected) => {
  expect(found(`| Scale | Params |\n|-|-|\n| One | 10M |\n\n${settings}`, 'baseline-scale')).toEqual(expected);
});
