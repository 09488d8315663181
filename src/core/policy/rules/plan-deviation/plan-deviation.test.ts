import { expect, test } from 'vitest';
import {
  a100,
  aContext,
  aPair,
  aPlan,
  complaining,
  type EstimatedRunParts,
} from '../../../../../test/support/a-run.ts';
import type { RowMatch } from '../../../plan/match-row.ts';
import { nothingStated, type Figure, type PlanRow } from '../../../plan/plan.ts';
import { startOf } from '../../../problem.ts';
import { gibibyte } from '../../../units/bytes.ts';
import { memoryParts } from './memory-parts.ts';
import { planDeviation } from './plan-deviation.ts';

const checked = complaining(planDeviation);

function check(head: EstimatedRunParts, options: object = {}) {
  return checked.checkPair(aPair({ head }), options, aContext()).map(({ message }) => message);
}

test.each([
  { head: {}, what: 'what the row says' },
  { head: { peakGib: 15, gpuHours: 50, costUsd: 750 }, what: 'half more or half less' },
  { head: { parameters: 9e9, peakGib: 500 }, what: 'a run beyond the plan, which has no row' },
  { head: { parameters: 10e6, peakGib: 500 }, what: 'a figure that the row leaves out' },
  { head: { peakGib: null, gpuHours: null, costUsd: null }, what: 'figures that are not known' },
])('$what is no deviation', ({ head }) => {
  expect(check(head)).toEqual([]);
});

const levelsOf = (head: EstimatedRunParts, plan = aPlan(), options: object = {}) =>
  checked
    .checkPair(aPair({ base: null, head: { ...head, plan } }), options, aContext({ plan }))
    .map(({ level = 'approval', message }) => ({ level, message }));

test('what exceeds the row waits for somebody, and is said with how much', () => {
  expect(levelsOf({ gpuHours: 4100, costUsd: 20_500 })).toEqual([
    {
      level: 'approval',
      message:
        "The run takes more than the plan's Small: GPU-hours 4,100 against ~100 (×41); cost $20,500 against ~500 (×41).",
    },
  ]);
});

test('more memory than planned is a warning, and less of anything a notice', () => {
  expect(levelsOf({ peakGib: 16, gpuHours: 40 })).toEqual([
    {
      level: 'warning',
      message: "The run is above the plan's Small: memory per GPU 16.0 GiB against ~10737418240 (+60%).",
    },
    { level: 'notice', message: "The run is below the plan's Small: GPU-hours 40 against ~100 (−60%)." },
  ]);
});

test('samples and tokens are caps as well', () => {
  const figure = (value: number, text: string) => ({
    value,
    text,
    place: { path: 'docs/plan.md', line: 20, column: 1 },
  });
  const [tiny, small, ...rest] = aPlan().scales;
  const plan = aPlan({
    scales: [tiny!, { ...small!, samples: figure(1e6, '1M'), tokens: figure(2e9, '2B') }, ...rest],
  });
  expect(levelsOf({ training: { tokens: 1e6 * 2048 } }, plan)).toEqual([]);
  expect(levelsOf({ training: { tokens: 20e6 * 2048 } }, plan)).toEqual([
    {
      level: 'approval',
      message: "The run takes more than the plan's Small: samples 20M against 1M (×20); tokens 41B against 2B (×20).",
    },
  ]);
});

test('a row whose hours are impossible caps no hours, and that is said once', () => {
  const fast = { ...a100, peakFlopsPerSecond: { fp32: null, bf16: 312e12, fp16: null, fp8: null } };
  const figure = (value: number, text: string) => ({
    value,
    text,
    place: { path: 'docs/plan.md', line: 20, column: 1 },
  });
  const [tiny, small, ...rest] = aPlan().scales;
  const facts = { 'training.sequence_length': { value: 2048, authority: 'plan', place: null } } as const;
  const plan = aPlan({ facts, scales: [tiny!, { ...small!, samples: figure(1e9, '1B') }, ...rest] });
  const pair = aPair({ base: null, head: { gpuHours: 5000, costUsd: 500, training: { tokens: 1e9 * 2048 }, plan } });
  expect(
    checked.checkPair(pair, {}, aContext({ plan, planGpu: fast })).map(({ level, message }) => [level, message]),
  ).toEqual([
    [
      'notice',
      "The plan's Small would need 1,094% of the GPU's peak: its ~100 GPU-hours are impossible and cap nothing.",
    ],
  ]);
});

test('hours on another GPU are held against the row by what the run would take on the row’s', () => {
  const check = (gpuHours: number) => {
    const pair = aPair({ base: null, head: { gpuHours: gpuHours / 3 } });
    const head = pair.head && { ...pair.head, onRowGpu: { gpu: 'A100-SXM4-80GB', gpuHours } };
    return checked.checkPair({ ...pair, head }, {}, aContext()).map(({ message }) => message);
  };
  expect(check(120)).toEqual([]);
  expect(check(180)[0]).toContain('GPU-hours 180 on A100-SXM4-80GB, by estimated speed, against ~100 (+80%)');
});

test('the cost of inference is a notice where it is more than twice what the row plans, and never a cap', () => {
  const check = (usdPerMillionTokens: number) => {
    const pair = aPair({ base: null, head: {} });
    const inference = { usdPerMillionTokens, usdPerMillionInputTokens: null, usdPerMillionOutputTokens: null };
    const place = startOf('plan.md');
    const head = pair.head && {
      ...pair.head,
      estimate: { ...pair.head.estimate, inference: { ...inference, utilization: null, source: 'roofline' } },
      row: rowOf(pair.head.row, { value: 0.1, text: '$0.10', place }),
    };
    return checked.checkPair({ ...pair, head }, { tolerance: 50 }, aContext());
  };
  expect(check(0.2)).toEqual([]);
  expect(check(0.85)).toMatchObject([{ cause: 'inference cost', level: 'notice' }]);
  expect(check(0.85)[0]!.message).toMatch(
    /^Inference would cost about \$0.85 for a million tokens, within a factor of two; the plan's .* has \$0.10.$/,
  );
});

function rowOf(match: RowMatch | null, usdPerMillionTokens: Figure): RowMatch | null {
  return match?.kind === 'row' ? { ...match, row: { ...match.row, usdPerMillionTokens } } : match;
}

test('a part of the memory that is above what the row plans of it is a notice, and one below is none', () => {
  const planned = { value: 10 * gibibyte, text: '10 GiB', place: startOf('plan.md') };
  const said = (parts: Readonly<Record<string, number>>) => {
    const { head } = aPair({ base: null, head: {} });
    const items = Object.entries(parts).map(([id, gib]) => {
      return { id, label: id, bytes: gib * gibibyte, formula: '', quantities: [], source: '' };
    });
    const row = head!.row?.kind === 'row' ? head!.row.row : nothingStated;
    const estimate = { ...head!.estimate, memory: { ...head!.estimate.memory!, items } };
    const pair = { ...aPair({ base: null, head: {} }), head: { ...head!, estimate } };
    return memoryParts(pair, { ...row, modelMemoryBytes: planned, activationMemoryBytes: planned } as PlanRow, 0.5);
  };
  expect(said({ parameters: 15, optimizer_states: 60, activations: 3 })).toEqual([]);
  expect(said({ parameters: 16, activations: 16, logits_and_loss: 8 })).toMatchObject([{ level: 'notice' }]);
  expect(said({ parameters: 16, activations: 16, logits_and_loss: 8 })[0]!.message).toMatch(
    /^The run is above the plan's Small: model memory 16.0 GiB against 10 GiB \(\+60%\); activation memory 24.0 GiB against 10 GiB \(×2.4\).$/,
  );
});

test('what the plan assumes and the config has otherwise is told', () => {
  const fact = <Value>(value: Value) => ({ value, authority: 'plan', place: null }) as const;
  const plan = aPlan({
    facts: {
      'training.micro_batch_size': fact(32),
      'training.sequence_length': fact(2048),
      'training.precision': fact('bf16-mixed' as const),
    },
  });
  const stated = {
    'training.micro_batch_size': [8, 5],
    'training.sequence_length': [8192, 6],
    'training.precision': ['bf16', 7],
  } as const;
  expect(levelsOf({ stated }, plan)).toEqual([
    {
      level: 'notice',
      message:
        'The run differs from what docs/plan.md assumes: micro batch 8 instead of 32, sequence length 8,192 instead of 2,048.',
    },
  ]);
});

test('the tolerance is the policy’s', () => {
  expect(check({ peakGib: 12 }, { tolerance: 0.1 })).toHaveLength(1);
  expect(check({ peakGib: 29 }, { tolerance: 2 })).toEqual([]);
});

test('lands on what changed among the fields behind the figure', () => {
  const stated = (tokens: number) => ({ 'model.hidden_size': [512, 3], 'training.tokens': [tokens, 9] }) as const;
  const pair = aPair({ base: { stated: stated(1e9) }, head: { stated: stated(9e9), gpuHours: 900 } });
  expect(checked.checkPair(pair, {}, aContext())[0]!.place.line).toBe(9);
});

test('a run is held against its stage as against a scale, and against none of two', () => {
  const stage = (name: string): PlanRow => ({
    ...nothingStated,
    name,
    kind: 'stage',
    place: startOf('plan.md'),
    gpuHours: { value: 60, low: 40, text: '40–60', place: startOf('plan.md') },
  });
  const messagesOn = (row: RowMatch, gpuHours: number) => {
    const pair = aPair({ head: { gpuHours } });
    return checked.checkPair({ ...pair, head: { ...pair.head!, row } }, {}, aContext()).map(({ message }) => message);
  };
  const grpo: RowMatch = { kind: 'row', row: stage('GRPO'), reason: 'its path says so' };
  expect(messagesOn(grpo, 25)).toEqual([]);
  expect(messagesOn(grpo, 120)).toEqual(["The run takes more than the plan's GRPO: GPU-hours 120 against 40–60 (×2)."]);
  expect(messagesOn({ kind: 'several', rows: [stage('A'), stage('B')], reason: 'of one size' }, 900)).toEqual([
    'The run may belong to several rows of the plan, A, B: of one size. It is held against none of them.',
  ]);
});
