import { describe, expect, test } from 'vitest';
import { aPair } from '../../../test/support/a-run.ts';
import type { Edit } from '../attribution/edit.ts';
import type { RunField } from '../run/fields.ts';
import { gibibyte } from '../units/bytes.ts';
import { causeOf, lineOf } from './cause.ts';

const fields: readonly RunField[] = ['model.num_layers', 'training.micro_batch_size'];
const stated = (layers: number, batch: number) =>
  ({ 'training.micro_batch_size': [batch, 3], 'model.num_layers': [layers, 8] }) as const;
const path = 'configs/run.yaml';

describe('the line of some fields', () => {
  test.each([
    { base: stated(12, 8), head: stated(12, 32), line: 3, what: 'that of the field that changes' },
    { base: stated(12, 8), head: stated(24, 32), line: 8, what: 'of two that change, that of the first' },
    { base: stated(12, 8), head: stated(12, 8), line: 8, what: 'without a change, that of the first that is stated' },
    { base: {}, head: stated(12, 8), line: 8, what: 'that of a field that the base does not state' },
    { base: stated(12, 8), head: {}, line: 1, what: 'the top of the file where none is stated' },
  ])('is $what', ({ base, head, line }) => {
    const pair = aPair({ base: { stated: base }, head: { stated: head } });
    expect(lineOf(pair, fields)).toEqual({ path, line, column: line === 1 ? 1 : 3 });
  });

  test('is none that the policy supplies', () => {
    const pair = aPair();
    const place = { path: '.github/scalegate.yml', line: 20, column: 5 };
    const facts = { 'model.num_layers': { value: 12, authority: 'policy', place } } as const;
    const head = { ...pair.head!, run: { ...pair.head!.run, facts } };
    expect(lineOf({ ...pair, head }, fields)).toEqual({ path, line: 1, column: 1 });
  });
});

describe('the cause of a figure', () => {
  /** A run of 10 GiB and 100 GPU-hours at its head, and what it would need without the edit on a line. */
  const anEdit = (line: number, memoryGib: number | null, gpuHours = 100): Edit => {
    const memoryBytes = memoryGib === null ? null : memoryGib * gibibyte;
    const without = { parameters: 100e6, memoryBytes, gpuHours, costUsd: 500, wallClockHours: 1 };
    return {
      key: `key${line}`,
      from: '1',
      to: '2',
      place: { path, line, column: 3 },
      fields: [],
      without,
      share: without,
    };
  };
  const lineOfCause = (edits: readonly Edit[], head = {}) =>
    causeOf({ ...aPair({ head: { stated: stated(12, 8), ...head } }), edits }, 'memoryBytes').line;

  test('is the edit that alone raises it most', () => {
    expect(lineOfCause([anEdit(2, 9), anEdit(5, 4), anEdit(7, 10, 50)])).toBe(5);
  });

  test('is the edit that lowers it most where none raises it', () => {
    expect(lineOfCause([anEdit(2, 11), anEdit(5, 14), anEdit(7, 10, 50)])).toBe(5);
  });

  test('is the edit without which an unknown figure would be known', () => {
    expect(lineOfCause([anEdit(2, null), anEdit(5, 4)], { peakGib: null })).toBe(5);
  });

  test('is the model where no edit moves it', () => {
    expect(lineOfCause([anEdit(7, 10, 50)])).toBe(8);
    expect(causeOf(aPair({ base: null, head: { stated: stated(12, 8) } }), 'memoryBytes').line).toBe(8);
    expect(causeOf(aPair({ base: null, head: { stated: {} } }), 'memoryBytes').line).toBe(1);
  });
});
