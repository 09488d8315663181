import { expect, test } from 'vitest';
import { parseDocument } from '../document/parse-document.ts';
import type { KeyPath } from '../document/document.ts';
import { runFields } from './fields.ts';
import { factsFrom } from './run-schema.ts';

test('nested keys become facts by their dotted names, each with place and authority', () => {
  const { facts, problems } = read('model:\n  hidden_size: 2048\n  moe: { every: 2 }\ntraining:\n  tokens: 200B\n');
  expect(problems).toEqual([]);
  expect(facts).toEqual({
    'model.hidden_size': { value: 2048, authority: 'policy', place: { path: 'run.yaml', line: 2, column: 3 } },
    'model.moe.every': { value: 2, authority: 'policy', place: { path: 'run.yaml', line: 3, column: 10 } },
    'training.tokens': { value: 200e9, authority: 'policy', place: { path: 'run.yaml', line: 5, column: 3 } },
  });
});

test('null states nothing, for a field and for a section', () => {
  expect(read('model: null\nhardware: { memory_gib: null, count: ~ }\ndata:\n')).toEqual({ facts: {}, problems: [] });
});

test('facts are read at their keys, and the keys of the caller are let be', () => {
  const text = 'assumptions:\n  - files: ["a/*"]\n    hardware: { count: 8 }\n';
  expect(read(text, ['assumptions', 0], ['files']).facts).toMatchObject({ 'hardware.count': { value: 8 } });
  expect(read(text, ['assumptions', 0]).problems).toMatchObject([{ code: 'unknown-key', key: 'assumptions[0].files' }]);
});

test.each([
  ['model: { num_hidden_layers: 24 }', 'model.num_layers', 24],
  ['parallelism: { sharding: fsdp }', 'parallelism.sharding', 'zero3'],
  ['parallelism: { sharding: FSDP }', 'parallelism.sharding', 'zero3'],
  ['training: { optimizer: adamw_torch }', 'training.optimizer', 'adamw'],
  ['training: { optimizer: paged_adamw_8bit }', 'training.optimizer', 'paged-adamw-8bit'],
  ['training: { optimizer: AdamW }', 'training.optimizer', 'adamw'],
] as const)('%s states %s as %s', (text, field, value) => {
  expect(read(text).facts[field]?.value).toBe(value);
});

test('a field under both of its names is a problem', () => {
  const { facts, problems } = read('model:\n  num_layers: 24\n  num_hidden_layers: 32\n');
  expect(facts).toEqual({});
  expect(problems).toMatchObject([{ code: 'duplicate-key', key: 'model.num_hidden_layers', place: { line: 3 } }]);
});

test.each([
  ['model: { hidden_size: -1 }', 'model.hidden_size'],
  ['model: { hidden_size: 1e300 }', 'model.hidden_size'],
  ['model: { hidden_sise: 1 }', 'model.hidden_sise'],
  ['training: { optimizer: adamv }', 'training.optimizer'],
  ['training: { tokens: many }', 'training.tokens'],
  ['training: { checkpoint_every: 10 percent }', 'training.checkpoint_every'],
  ['hardware: 8', 'hardware'],
  ['wrong: 1', 'wrong'],
])('%s is a problem of %s, and no fact is taken', (text, key) => {
  const { facts, problems } = read(text);
  expect(facts).toEqual({});
  expect(problems).toMatchObject([{ key, place: { line: 1 } }]);
});

test('every field can be written under its own name', () => {
  for (const field of Object.keys(runFields)) {
    const [first = '', ...rest] = field.split('.');
    const nested = rest.reduceRight<unknown>((value, key) => ({ [key]: value }), Number.NaN);
    const { problems } = read(JSON.stringify(rest.length === 0 ? { [field]: [] } : { [first]: nested }));
    expect(problems.filter(({ code }) => code === 'unknown-key')).toEqual([]);
  }
});

function read(text: string, keys: KeyPath = [], except: readonly string[] = []) {
  const { document } = parseDocument('run.yaml', text);
  return factsFrom(document!, keys, 'policy', { except });
}
