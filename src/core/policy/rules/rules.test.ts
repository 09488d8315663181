import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rules } from './index.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('every folder is registered, in alphabetical order', () => {
  expect(rules.map(({ name }) => name)).toEqual(names.toSorted());
});

describe.each(rules)('$name', (rule) => {
  const readme = readFileSync(`${folder}/${rule.name}/readme.md`, 'utf8');

  test('has a test', () => {
    expect(existsSync(`${folder}/${rule.name}/${rule.name}.test.ts`)).toBe(true);
  });

  test('has a readme with the usual headings', () => {
    expect([...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      rule.name,
      'What it checks',
      'Why',
      'Example',
      'When to turn it off',
    ]);
  });

  test('describes each option', () => {
    const undescribed = Object.entries(rule.options.shape).filter(([, schema]) => !(schema as z.ZodType).description);
    expect(undescribed).toEqual([]);
  });

  test('works without options', () => {
    expect(rule.options.safeParse({}).success).toBe(true);
  });
});
