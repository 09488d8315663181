import { describe, expect, test } from 'vitest';
import type { Writable } from '../document/document.ts';
import { setValue } from '../document/set-value.ts';
import type { RunField } from '../run/fields.ts';
import { formats } from './index.ts';
import { readRun } from '../reading/read-run.ts';

const starts: Readonly<Record<string, string>> = {
  'huggingface-trainer': 'model_name_or_path: gpt2\nper_device_train_batch_size: 1\n',
  scalegate: 'scalegate: 1\nname: run\n',
};

const statements: readonly (readonly [RunField, Writable])[] = [
  ['training.micro_batch_size', 8],
  ['training.gradient_accumulation_steps', 4],
  ['training.activation_checkpointing', 'full'],
  ['training.activation_checkpointing', 'selective'],
  ['training.activation_offload', true],
  ['training.fused_loss', true],
  ['training.flash_attention', true],
  ['training.optimizer', 'adamw-8bit'],
  ['training.optimizer', 'paged-adamw-8bit'],
  ['parallelism.sharding', 'zero1'],
  ['parallelism.sharding', 'zero2'],
  ['parallelism.sharding', 'zero3'],
  ['parallelism.tensor', 2],
  ['parallelism.sequence_parallel', true],
  ['parallelism.context', 2],
  ['parallelism.pipeline', 2],
  ['parallelism.cpu_offload', 'parameters'],
];

test('every dialect that spells is tried', () => {
  const spelling = formats.filter((format) => 'spell' in format).map(({ name }) => name);
  expect(spelling.toSorted()).toEqual(Object.keys(starts).toSorted());
});

describe.each(formats.filter(({ name }) => Object.hasOwn(starts, name)))('what is spelled in $name', (format) => {
  test.each(statements)('is read as %s = %s, or is not spelled at all', (field, value) => {
    const start = starts[format.name]!;
    const spelling = format.spell?.(field, value) ?? null;
    if (spelling === null) {
      expect(format.name).not.toBe('scalegate');
      return;
    }
    const text = setValue('run.yaml', start, spelling.keys, spelling.value)!;
    const { run, problems } = readRun('run.yaml', text, new Map());
    expect(problems).toEqual([]);
    expect(run!.facts[field]).toMatchObject({ value, authority: 'config' });
  });
});
