import { expect, test } from 'vitest';
import { z } from 'zod';
import type { KeyPath } from './document.ts';
import { parseDocument } from './parse-document.ts';
import { readWithSchema } from './read-with-schema.ts';

const Batch = z.strictObject({
  micro_batch_size: z.int().min(1).max(100),
  sharding: z.enum(['none', 'zero3']).optional(),
  interval: z
    .union([z.number(), z.string().regex(/%$/)])
    .describe('Steps, or a share such as 10%')
    .optional(),
  log: z.array(z.string()).max(2).optional(),
});
const Root = z.object({ training: Batch });

test('a valid document gives the value of the schema', () => {
  const { value, problems } = read('training: { micro_batch_size: 2, log: [loss] }');
  expect(value).toEqual({ training: { micro_batch_size: 2, log: ['loss'] } });
  expect(problems).toEqual([]);
});

test('every problem is reported, in the order of the file', () => {
  const { value, problems } = read(`training:
  micro_batch_size: two
  sharding: zero2
  logs: []
  interval: often
`);
  expect(value).toBeNull();
  expect(problems.map(({ code, key, place }) => [code, key, place.line, place.column])).toEqual([
    ['wrong-type', 'training.micro_batch_size', 2, 3],
    ['invalid-value', 'training.sharding', 3, 3],
    ['unknown-key', 'training.logs', 4, 3],
    ['invalid-value', 'training.interval', 5, 3],
  ]);
});

test.each([
  ['micro_batch_size: two', 'Found "two".', 'Expected a whole number.'],
  ['micro_batch_size: 1.5', 'Found 1.5.', 'Expected a whole number.'],
  ['micro_batch_size: 0', 'Found 0.', 'Expected at least 1.'],
  ['micro_batch_size: 101', 'Found 101.', 'Expected at most 100.'],
  ['micro_batch_size: .inf', 'Found Infinity.', 'Expected a whole number.'],
  ['micro_batch_size: null', 'Found nothing.', 'Expected a whole number.'],
  ['micro_batch_size: { a: 1 }', 'Found a map.', 'Expected a whole number.'],
  ['sharding: zero2', 'Found "zero2".', 'Expected one of none, zero3. Did you mean "zero3"?'],
  ['sharding: [none]', 'Found a list.', 'Expected one of none, zero3.'],
  ['interval: true', 'Found true.', 'Expected a number or text.'],
  ['log: [a, b, c]', 'Found a list.', 'Expected at most 2 entries.'],
  ['log: [1]', 'Found 1.', 'Expected text.'],
  ['micro_batch_sizes: 2', 'No such key is known here.', 'Did you mean "micro_batch_size"?'],
  ['color: red', 'No such key is known here.', 'Expected one of micro_batch_size, sharding, interval, log.'],
])('%s: "%s %s"', (line, message, hint) => {
  const { problems } = read(`training:\n  ${line}\n`);
  expect(problems).toContainEqual(
    expect.objectContaining({
      message,
      hint,
      place: { path: 'run.yaml', line: 2, column: expect.any(Number) as number },
    }),
  );
});

test('a missing key is placed where it belongs', () => {
  expect(read('training:\n  log: []\n').problems).toMatchObject([
    { code: 'missing-key', key: 'training.micro_batch_size', place: { line: 1 }, message: 'This is missing.' },
  ]);
});

test('a part of a document is read at its keys, and its problems keep the whole path', () => {
  const text = 'runs:\n  - micro_batch_size: 1\n  - micro_batch_size: 0\n';
  expect(read(text, ['runs', 0], Batch).value).toEqual({ micro_batch_size: 1 });
  expect(read(text, ['runs', 1], Batch).problems).toMatchObject([
    { key: 'runs[1].micro_batch_size', place: { line: 3 } },
  ]);
  expect(read(text, ['runs', 7], Batch).problems).toMatchObject([{ code: 'missing-key', key: 'runs[7]' }]);
});

test('what a message shows of a value is short and has no invisible characters', () => {
  const { problems } = read(JSON.stringify({ training: { micro_batch_size: `\u202Eevil\n${'x'.repeat(500)}` } }));
  expect(problems[0]!.message).toBe(`Found "evil${'x'.repeat(36)}…".`);
});

test('a thousand unknown keys do not make a thousand problems', () => {
  const keys = Array.from({ length: 1000 }, (_, i) => `  k${i}: 1`);
  expect(read(['training:', ...keys].join('\n')).problems).toHaveLength(50);
});

test('__proto__ is an unknown key', () => {
  const { problems } = read('training:\n  micro_batch_size: 1\n  __proto__: 1\n  constructor: 1\n');
  expect(problems.map(({ code, key }) => [code, key])).toEqual([
    ['unknown-key', 'training.__proto__'],
    ['unknown-key', 'training.constructor'],
  ]);
});

function read<T extends z.ZodType = typeof Root>(text: string, keys: KeyPath = [], schema?: T) {
  const { document } = parseDocument('run.yaml', text);
  return readWithSchema(document!, schema ?? Root, keys);
}
