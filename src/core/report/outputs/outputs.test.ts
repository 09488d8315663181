import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const outputs = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(outputs)('the output %s is complete: code, test, readme, a line in the list', (name) => {
  const folder = `${import.meta.dirname}/${name}`;
  expect(existsSync(`${folder}/${name}.ts`)).toBe(true);
  expect(existsSync(`${folder}/${name}.test.ts`)).toBe(true);
  expect(readFileSync(`${folder}/readme.md`, 'utf8')).toMatch(new RegExp(`^# ${name}\n`));
  expect(readFileSync(`${import.meta.dirname}/readme.md`, 'utf8')).toContain(`[${name}](${name}/readme.md)`);
});
