import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { gibibyte } from '../units/bytes.ts';
import { PlanFile } from './plan-file.ts';
import { readPlan } from './read-plan.ts';

const text = `scalegate_plan: 1
title: Ladder
baseline: { model: { hidden_size: 512, num_layers: 6 } }
assumptions:
  training: { sequence_length: 2048, precision: bf16-mixed }
  hardware: { gpu: A100 80GB }
scales:
  - name: Tiny
    parameters: 10M
    samples: ~1M
    gpu_hours: 10
    memory_gib: 3
    cost_usd: 50
    validation: { link: https://x.test/1, date: 2026-10-03, peak_memory_gib: 2.8 }
  - name: Small
    parameters: 100M
recommendations: { growth_factor: 2, checkpoint_share: 0.1, monitor: [loss], augmentation_factor: 2 }
`;

test('a plan needs no more than scales with their parameters', () => {
  const { plan, problems } = readPlan('plan.yaml', 'scalegate_plan: 1\nscales: [{ name: Tiny, parameters: 10M }]\n');
  expect(problems).toEqual([]);
  expect(plan).toMatchObject({ title: 'plan.yaml', scales: [{ name: 'Tiny' }], facts: {}, baseline: {} });
});

function problemsOf(yaml: string): string[] {
  return readPlan('plan.yaml', yaml).problems.map(({ code, place, key }) =>
    `${code} ${place.line} ${key ?? ''}`.trim(),
  );
}

test('a plan in YAML is the same plan as in Markdown', () => {
  const { plan, problems } = readPlan('plan.yaml', text);
  expect(problems).toEqual([]);
  expect(plan).toMatchObject({
    title: 'Ladder',
    scales: [
      {
        name: 'Tiny',
        place: { line: 8 },
        parameters: { value: 10e6, text: '10M', place: { line: 9, column: 5 } },
        samples: { value: 1e6, text: '~1M' },
        memoryBytes: { value: 3 * gibibyte, text: '3 GiB' },
        costUsd: { value: 50, text: '$50' },
        dataHours: null,
        validation: {
          link: 'https://x.test/1',
          date: '2026-10-03',
          peakMemoryBytes: { value: 2.8 * gibibyte },
          gpuHours: null,
        },
      },
      { name: 'Small', validation: null },
    ],
    facts: {
      'training.sequence_length': { value: 2048, authority: 'plan', place: { line: 5 } },
      'hardware.gpu': { value: 'A100 80GB' },
    },
    baseline: { 'model.num_layers': { value: 6 } },
    recommendations: {
      growthFactor: { value: 2 },
      checkpointShare: { value: 0.1 },
      monitor: ['loss'],
      augmentationFactor: { value: 2 },
    },
  });
});

test.each([
  ['an unknown key', text.replace('cost_usd', 'cost'), 'unknown-key 13 scales[0].cost'],
  ['a number that is none', text.replace('gpu_hours: 10', 'gpu_hours: lots'), 'invalid-value 11 scales[0].gpu_hours'],
  ['a missing figure', text.replace('    parameters: 10M\n', ''), 'missing-key 8 scales[0].parameters'],
  [
    'a link that is none',
    text.replace('https://x.test/1', '"javascript:alert(1)"'),
    'invalid-value 14 scales[0].validation.link',
  ],
  [
    'a date that does not exist',
    text.replace('2026-10-03', '2026-02-31'),
    'invalid-value 14 scales[0].validation.date',
  ],
])('%s leaves its scale out, with the key and its place, and the rest is read', (_, yaml, problem) => {
  expect(problemsOf(yaml)).toEqual([problem]);
  expect(readPlan('plan.yaml', yaml).plan!.scales.map(({ name }) => name)).toEqual(['Small']);
});

test.each([
  [
    'a wrong recommendation',
    text.replace('growth_factor: 2', 'growth_factor: 1'),
    'invalid-value 17 recommendations.growth_factor',
  ],
  ['a wrong assumption', text.replace('2048', 'long'), 'wrong-type 5 assumptions.training.sequence_length'],
  ['a scale that comes twice', text.replace('name: Small', 'name: tiny'), 'duplicate-scale 15'],
])('%s is a problem, and the rest is read', (_, yaml, problem) => {
  expect(problemsOf(yaml)).toEqual([problem]);
  expect(readPlan('plan.yaml', yaml).plan!.scales.length).toBeGreaterThan(0);
});

test.each([
  ['a file that is not YAML', 'scalegate_plan: [1'],
  ['a file without scales', 'scalegate_plan: 1\nscales: []\n'],
  ['a plan of another version', text.replace('scalegate_plan: 1', 'scalegate_plan: 2')],
  ['a list', '- 1\n'],
  ['nothing', ''],
])('%s is no plan', (_, yaml) => {
  const { plan, problems } = readPlan('plan.yaml', yaml);
  expect(plan).toBeNull();
  expect(problems.length).toBeGreaterThan(0);
});

test('the JSON schema of the plan accepts what the reader accepts', () => {
  const validate = new Ajv2020({ strict: false }).compile(
    z.toJSONSchema(PlanFile, { io: 'input', unrepresentable: 'any' }),
  );
  expect(validate(parse(text))).toBe(true);
  expect(validate({ ...(parse(text) as object), scale: [] })).toBe(false);
});

const stages = `scalegate_plan: 1
scales:
  - { name: Base, parameters: 1B, tokens: 20B, gpu_hours: 90 }
stages:
  - { name: SFT, parameters: 1B, tokens: 200M, gpu: H100, gpu_count: 8, wall_clock_hours: 3, cost_usd: 60 }
  - { name: GRPO, gpu_hours: 40, steps: 500, optional: true, validation: { link: https://x.test/2 } }
total: { gpu_hours: 120, cost_usd: 400 }
`;

test('stages stand beside the scales, with time on a number of GPUs as GPU-hours, and a total caps all', () => {
  const { plan, problems } = readPlan('plan.yaml', stages);
  expect(problems).toEqual([]);
  expect(plan).toMatchObject({
    scales: [{ name: 'Base', kind: 'scale', tokens: { value: 20e9 } }],
    stages: [
      {
        name: 'SFT',
        kind: 'stage',
        place: { line: 5 },
        parameters: { value: 1e9 },
        gpu: 'H100',
        gpuCount: { value: 8 },
        wallClockHours: { value: 3 },
        gpuHours: { value: 24 },
        costUsd: { value: 60 },
        isOptional: false,
      },
      {
        name: 'GRPO',
        parameters: null,
        steps: { value: 500 },
        isOptional: true,
        validation: { link: 'https://x.test/2' },
      },
    ],
    total: { gpuHours: { value: 120 }, cost: { value: 400, currency: 'USD' }, place: { line: 7 } },
  });
});

test('a plan may have stages alone, and has to have one of the two', () => {
  const { plan, problems } = readPlan('plan.yaml', 'scalegate_plan: 1\nstages: [{ name: SFT, gpu_hours: 4 }]\n');
  expect([plan!.stages.map(({ name }) => name), problems]).toEqual([['SFT'], []]);
  expect(problemsOf('scalegate_plan: 1\ntitle: Nothing\n')).toEqual(['no-plan 1']);
});

test('what a stage gets wrong is named, and the others are still read', () => {
  expect(problemsOf(stages.replace('wall_clock_hours: 3', 'wall_clock_hours: 3, gpu_hours: 3'))).toEqual([
    'contradiction 5 SFT',
  ]);
  expect(problemsOf(stages.replace('name: GRPO', 'name: base'))).toEqual(['duplicate-scale 6']);
  expect(problemsOf(stages.replace('steps: 500', 'stepps: 500'))).toEqual(['unknown-key 6 stages[1].stepps']);
});
