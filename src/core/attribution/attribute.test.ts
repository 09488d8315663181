import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figures } from '../estimate/figures.ts';
import type { Facts, StatedRun } from '../run/facts.ts';
import type { RunField } from '../run/fields.ts';
import { attribute } from './attribute.ts';

type Values = Partial<Record<RunField, number>>;

function aConfig(values: Values, path = 'run.yaml'): StatedRun {
  const facts = Object.entries(values).map(([field, value], at) => {
    return [field, { value, authority: 'config', place: { path, line: at + 1, column: 1 } }];
  });
  // Every value is a number of its field
  return { path, dialect: 'scalegate', name: 'run', facts: Object.fromEntries(facts) as Facts };
}

/** Memory is batch × length, hours are tokens ÷ 10; a run of no GPU is unknown. */
function estimate({ facts, path }: StatedRun): Figures {
  const value = (field: RunField): number => Number(facts[field]?.value ?? 1);
  const tokens = value('training.tokens') * (path.startsWith('moved') ? 3 : 1);
  return {
    parameters: 100,
    memoryBytes: value('training.micro_batch_size') * value('training.sequence_length'),
    gpuHours: value('hardware.count') === 0 ? null : tokens / 10,
    costUsd: null,
    wallClockHours: null,
  };
}

function editsOf(base: StatedRun, head: StatedRun, mostEstimates = 300) {
  let estimates = 0;
  const counting = (run: StatedRun) => {
    estimates++;
    return estimate(run);
  };
  const written = ({ fields }: { fields: readonly string[] }) => ({ name: fields.join(), from: null, to: null });
  const edits = attribute({
    base,
    head,
    figures: { base: estimate(base), head: estimate(head) },
    estimate: counting,
    written,
    mostEstimates,
  });
  return { edits, estimates };
}

describe('each edit of a config', () => {
  const base = aConfig({ 'training.micro_batch_size': 2, 'training.sequence_length': 10, 'training.tokens': 100 });

  test('comes with the figures without it, and with its share', () => {
    const head = aConfig({ 'training.micro_batch_size': 4, 'training.sequence_length': 30, 'training.tokens': 100 });
    expect(editsOf(base, head).edits).toMatchObject([
      // Alone: 120 − 60; before the longer sequence 20, after it 60
      {
        key: 'training.micro_batch_size',
        without: { memoryBytes: 60, gpuHours: 10 },
        share: { memoryBytes: 40, gpuHours: 0 },
      },
      { key: 'training.sequence_length', without: { memoryBytes: 40 }, share: { memoryBytes: 60 } },
    ]);
  });

  test('that adds or removes a key stands at the line where the key is', () => {
    const head = aConfig({ 'training.tokens': 100, 'training.sequence_length': 10, 'data.hours': 5 });
    expect(editsOf(base, head).edits.map(({ key, place }) => [key, place.line])).toEqual([
      ['data.hours', 3],
      ['training.micro_batch_size', 1],
    ]);
  });

  test('is one, however many facts its key states', () => {
    const place = { path: 'run.yaml', line: 1, column: 1 };
    const at = (config: StatedRun): StatedRun => ({
      ...config,
      facts: Object.fromEntries(Object.entries(config.facts).map(([field, fact]) => [field, { ...fact, place }])),
    });
    const head = aConfig({ 'training.micro_batch_size': 4, 'training.sequence_length': 30, 'training.tokens': 100 });
    expect(editsOf(at(base), at(head)).edits).toMatchObject([
      { fields: ['training.micro_batch_size', 'training.sequence_length'], share: { memoryBytes: 100 } },
    ]);
  });

  test('is none where only lines move', () => {
    const head = aConfig({ 'training.tokens': 100, 'training.sequence_length': 10, 'training.micro_batch_size': 2 });
    expect(editsOf(base, head).edits).toEqual([]);
  });

  test('names the file where its place decides a figure, and only there', () => {
    const { facts } = base;
    expect(editsOf(base, { ...base, path: 'moved.yaml', facts }).edits).toMatchObject([
      { key: 'file', fields: [], share: { gpuHours: 20 } },
    ]);
    expect(editsOf(base, { ...base, path: 'other.yaml', facts }).edits).toEqual([]);
  });

  test('that makes a figure unknown has no share of it', () => {
    const head = aConfig({
      'training.micro_batch_size': 4,
      'training.sequence_length': 10,
      'training.tokens': 100,
      'hardware.count': 0,
    });
    expect(editsOf(base, head).edits).toMatchObject([
      { key: 'hardware.count', without: { gpuHours: 10 }, share: { gpuHours: null, memoryBytes: 0 } },
      { key: 'training.micro_batch_size', without: { gpuHours: null }, share: { gpuHours: null, memoryBytes: 20 } },
    ]);
  });
});

const fields = [
  'training.micro_batch_size',
  'training.sequence_length',
  'training.tokens',
  'data.hours',
  'hardware.count',
  ...['num_layers', 'hidden_size', 'vocab_size', 'head_dim', 'intermediate_size', 'num_attention_heads'].map(
    (name) => `model.${name}` as RunField,
  ),
] as const;
const values = fc.dictionary(fc.constantFrom(...fields), fc.integer({ min: 1, max: 50 }), { maxKeys: 11 });

test('shares add up to the difference, within the number of estimates allowed', () => {
  fc.assert(
    fc.property(values, values, fc.integer({ min: 8, max: 300 }), (before, after, most) => {
      const [base, head] = [aConfig(before), aConfig(after)];
      const { edits, estimates } = editsOf(base, head, most);
      const [one, other] = [estimate(base), estimate(head)];
      for (const figure of ['memoryBytes', 'gpuHours'] as const) {
        const sum = edits.reduce((total, { share }) => total + share[figure]!, 0);
        expect(sum).toBeCloseTo(other[figure]! - one[figure]!, 6);
      }
      expect(estimates).toBeLessThanOrEqual(2 * most + 4);
    }),
  );
});

test('the order in which a config states its keys makes no difference', () => {
  fc.assert(
    fc.property(values, values, (before, after) => {
      const turned = (of: Values): Values => Object.fromEntries(Object.entries(of).reverse());
      const shares = (edits: ReturnType<typeof editsOf>['edits']) => edits.map(({ key, share }) => [key, share]);
      expect(shares(editsOf(aConfig(turned(before)), aConfig(turned(after))).edits)).toEqual(
        shares(editsOf(aConfig(before), aConfig(after)).edits),
      );
    }),
  );
});
