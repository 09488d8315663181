import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accuracyFiles } from '../scripts/validate/accuracy-files.ts';
import { hoursConstants, memoryConstants } from '../scripts/validate/fitted.ts';
import { throughputConstants } from '../scripts/validate/fitted-speed.ts';
import { validate } from '../scripts/validate/validation.ts';

const files = await accuracyFiles(validate());

test.each([...files])(
  '%s says what the code estimates: run npm run validate, and see what changed',
  (path, content) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null, 'run npm run validate').toBe(content);
  },
);

test.each([...files].filter(([path]) => path.endsWith('.svg')))('%s is small enough to open at once', (_, content) => {
  expect(content.length).toBeLessThan(100_000);
});

test.each([...memoryConstants, ...throughputConstants, ...hoursConstants])(
  'the fitted constant "$name" has the value that docs/accuracy.md gives it',
  ({ file, values }) => {
    const numbers = readFileSync(file, 'utf8').match(/\d+(?:\.\d+)?/g);
    expect(numbers).toEqual(expect.arrayContaining([...values]));
  },
);
