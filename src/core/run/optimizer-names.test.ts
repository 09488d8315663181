import { expect, test } from 'vitest';
import { optimizers } from './fields/training-fields.ts';
import { optimizerNamed } from './optimizer-names.ts';

test('every optimizer goes by its own name, with hyphens or underscores', () => {
  for (const name of optimizers) {
    expect(optimizerNamed(name)).toBe(name);
    expect(optimizerNamed(name.replaceAll('-', '_').toUpperCase())).toBe(name);
  }
});

test.each([
  ['adamw_torch_fused', 'adamw'],
  ['adamw_bnb_8bit', 'adamw-8bit'],
  ['paged_adamw_32bit', 'paged-adamw'],
  ['adamw_torch_4bit', 'adamw-4bit'],
  ['lion_32bit', 'lion'],
  ['Lamb', 'adamw'],
])('%s is %s', (name, optimizer) => {
  expect(optimizerNamed(name)).toBe(optimizer);
});

test.each(['mysteryadamw', 'adamw_16bit', 'constructor', '__proto__', ''])('%j is never guessed', (name) => {
  expect(optimizerNamed(name)).toBeNull();
});
